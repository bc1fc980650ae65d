import { PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';

import type { S3Server } from './s3-server.ts';

/** Lets everybody do something with the objects of a bucket, without credentials: `s3:GetObject`, `s3:PutObject`, … */
export async function allowEverybody(server: S3Server, actions: readonly string[]): Promise<void> {
  const { endpoint, bucket, credentials } = server;
  const client = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: actions, Resource: `arn:aws:s3:::${bucket}/*` }],
  };
  await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(policy) }));
  client.destroy();
}
