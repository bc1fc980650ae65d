import { describe, expect, test, vi } from 'vitest';

import { s3Settings, type S3Target } from '../../../src/publish/s3/s3-target.ts';
import { useCredentials } from '../../helpers/s3-server.ts';

const BUCKET: S3Target = { bucket: 'bucket', prefix: 'packs' };

describe('s3Settings', () => {
  test('leaves to the SDK what nobody said', () => {
    useCredentials({});
    expect(s3Settings(BUCKET)).toEqual({ pathStyle: false, location: 's3://bucket/packs' });
    expect(s3Settings({ bucket: 'bucket', prefix: '' }).location).toBe('s3://bucket');
  });

  test('takes an endpoint from options, then from the variable for S3, then from that for all services', () => {
    useCredentials({ AWS_ENDPOINT_URL: 'https://all.example', AWS_ENDPOINT_URL_S3: 'https://s3.example' });
    expect(s3Settings({ ...BUCKET, endpoint: 'http://localhost:9000' })).toEqual({
      endpoint: 'http://localhost:9000/',
      region: 'us-east-1',
      pathStyle: true,
      location: 's3://bucket/packs at localhost:9000',
    });
    expect(s3Settings(BUCKET).endpoint).toBe('https://s3.example/');
    vi.stubEnv('AWS_ENDPOINT_URL_S3', '');
    expect(s3Settings(BUCKET).endpoint).toBe('https://all.example/');
  });

  test('takes the region from options, from both variables, or from an endpoint of Amazon', () => {
    useCredentials({ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' });
    expect(s3Settings({ ...BUCKET, region: 'auto' }).region).toBe('auto');
    expect(s3Settings(BUCKET).region).toBe('eu-west-1');
    vi.stubEnv('AWS_REGION', '');
    expect(s3Settings(BUCKET).region).toBe('eu-west-2');
    vi.stubEnv('AWS_DEFAULT_REGION', '');
    expect(s3Settings({ ...BUCKET, endpoint: 'https://s3.eu-central-1.amazonaws.com' })).toMatchObject({
      region: 'eu-central-1',
      pathStyle: false,
    });
  });

  test('does as it is told with the path style', () => {
    useCredentials({});
    expect(s3Settings({ ...BUCKET, pathStyle: true }).pathStyle).toBe(true);
    expect(s3Settings({ ...BUCKET, endpoint: 'https://r2.example', pathStyle: false }).pathStyle).toBe(false);
  });

  test.each([
    ['r2.example', 'The endpoint is no address that begins with https:// or http://.'],
    ['ftp://r2.example', 'The endpoint is no address that begins with https:// or http://.'],
    ['https://key:s3cr3t@r2.example', 'The address of the endpoint holds credentials.'],
    ['https://r2.example/?token=s3cr3t', 'The address of the endpoint holds a "?" or "#".'],
  ])('refuses the endpoint %s', (endpoint, message) => {
    expect(() => s3Settings({ ...BUCKET, endpoint })).toThrow(
      expect.objectContaining({ code: 'usage', message, hint: expect.not.stringContaining('s3cr3t') }),
    );
  });

  test('refuses a region that could be part of another host name', () => {
    const message = 'The name of the region holds something else than letters, digits and hyphens.';
    expect(() => s3Settings({ ...BUCKET, region: 'eu.evil.example/' })).toThrow(
      expect.objectContaining({ code: 'usage', message, hint: 'Write it as eu-west-1.' }),
    );
  });
});
