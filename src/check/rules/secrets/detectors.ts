import { isDockerConfig, isKeyBody, isLogin, isLongLived, isPrivateKey, isRandom, isRandomBase64 } from './confirm.ts';

/** How secrets of one kind are found in a text. */
export interface Detector {
  readonly rule: 'secrets/private-key' | 'secrets/cloud-key' | 'secrets/token';
  /** With its article. */
  readonly kind: string;
  /** Letters, digits and `-_./:"`, one of which is in every text that holds such a secret. */
  readonly marks: readonly string[];
  /**
   * The group `secret` is the secret; without one it is all that was found. Every repetition has a bound or ends at a
   * character that cannot start another match, so that the work grows with the text.
   */
  readonly pattern: RegExp;
  /** The secret is not what the pattern found, but what this finds nearest to it. */
  readonly beside?: RegExp;
  readonly confirm: (secret: string) => boolean;
}

function token(owner: string, marks: readonly string[], rest: string): Detector {
  const starts = marks.map((mark) => mark.replaceAll('.', '\\.')).join('|');
  const pattern = new RegExp(`(?<![A-Za-z0-9_])(?:${starts})${rest}(?![A-Za-z0-9_])`, 'dgu');
  return { rule: 'secrets/token', kind: `a token of ${owner}`, marks, pattern, confirm: isRandom };
}

/** Where two find the same characters, the first one counts. */
export const DETECTORS: readonly Detector[] = [
  {
    rule: 'secrets/cloud-key',
    kind: 'a service account key of Google Cloud',
    marks: ['service_account'],
    pattern: /"private_key"\s{0,20}:\s{0,20}"-----BEGIN PRIVATE KEY-----(?<secret>[^-"]{40,16384})-----END/dgu,
    confirm: isKeyBody,
  },
  {
    rule: 'secrets/private-key',
    kind: 'a private key',
    marks: ['PRIVATE KEY'],
    pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?<secret>[^-]{40,16384})-----END/dgu,
    confirm: isKeyBody,
  },
  {
    rule: 'secrets/private-key',
    kind: 'a private key in base64',
    marks: ['LS0tLS1CRUdJTi'],
    pattern: /(?<![A-Za-z0-9+/])LS0tLS1CRUdJTi[A-Za-z0-9+/]{80,32768}={0,2}/dgu,
    confirm: isPrivateKey,
  },
  {
    rule: 'secrets/cloud-key',
    kind: 'a secret access key of AWS',
    marks: ['AKIA', 'ASIA'],
    pattern: /(?<![A-Za-z0-9])A[KS]IA(?![A-Z0-9]{0,16}EXAMPLE)[A-Z2-7]{16}(?![A-Za-z0-9])/dgu,
    beside: /(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/gu,
    confirm: isRandomBase64,
  },
  {
    rule: 'secrets/cloud-key',
    kind: 'an API key of Google Cloud',
    marks: ['AIza'],
    pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/dgu,
    confirm: isRandom,
  },
  {
    rule: 'secrets/cloud-key',
    kind: 'an account key of Azure Storage',
    marks: ['AccountKey', 'accountKey', 'ACCOUNT_KEY', 'account_key', 'accountkey'],
    pattern: /account_?key["']?[=:]\s{0,20}["']?(?<secret>[A-Za-z0-9+/]{86}==)/dgiu,
    confirm: isRandomBase64,
  },
  token('GitHub', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], '[A-Za-z0-9]{36}'),
  token('GitHub', ['github_pat_'], '[A-Za-z0-9]{22}_[A-Za-z0-9]{59}'),
  token('GitLab', ['glpat-', 'gldt-', 'glrt-'], '[\\w-]{20,60}'),
  token('Slack', ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-'], '[0-9]{8,20}-[A-Za-z0-9-]{10,200}'),
  token('Slack', ['hooks.slack.com/services/'], 'T[A-Z0-9]{6,14}/B[A-Z0-9]{6,14}/[A-Za-z0-9]{20,30}'),
  token('Stripe', ['sk_live_', 'rk_live_'], '[A-Za-z0-9]{20,120}'),
  token('npm', ['npm_'], '[A-Za-z0-9]{36}'),
  token('PyPI', ['pypi-AgE'], '[\\w-]{50,300}'),
  token('Docker Hub', ['dckr_pat_'], '[\\w-]{27}'),
  token('Hugging Face', ['hf_'], '[A-Za-z]{34}'),
  token('DigitalOcean', ['dop_v1_', 'doo_v1_'], '[a-f0-9]{64}'),
  token('SendGrid', ['SG.'], '[\\w-]{22}\\.[\\w-]{43}'),
  token('Vault', ['hvs.'], '[\\w-]{24,200}'),
  token('Grafana', ['glsa_'], '[A-Za-z0-9]{32}_[a-f0-9]{8}'),
  token('NVIDIA', ['nvapi-'], '[\\w-]{60,70}'),
  {
    rule: 'secrets/token',
    kind: 'a JSON Web Token that stays valid',
    marks: ['eyJ'],
    pattern: /(?<![\w.-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,8000}\.[\w-]{20,2000}/dgu,
    confirm: isLongLived,
  },
  {
    rule: 'secrets/token',
    kind: 'a login for a container registry',
    marks: ['"auth"'],
    pattern: /"auth"\s{0,20}:\s{0,20}"(?<secret>[A-Za-z0-9+/]{12,4096}={0,2})"/dgu,
    confirm: isLogin,
  },
  {
    rule: 'secrets/token',
    kind: 'a login for a container registry',
    marks: ['dockerconfigjson'],
    pattern: /dockerconfigjson["']?\s{0,20}:\s{0,20}["']?(?<secret>eyJ[A-Za-z0-9+/]{20,16384}={0,2})/dgu,
    confirm: isDockerConfig,
  },
];

/** Found in one pass, which most texts do not survive; asking each detector would take ten times as long. */
export const ANY_MARK: RegExp = new RegExp(
  DETECTORS.flatMap(({ marks }) => marks.map((mark) => mark.replaceAll('.', '\\.'))).join('|'),
  'u',
);
