/** Where the SDK of Amazon found credentials, by the name that it gives to each way. */
const SOURCES: readonly (readonly [string, string])[] = [
  ['CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN', 'the web identity token that AWS_WEB_IDENTITY_TOKEN_FILE names'],
  ['CREDENTIALS_PROFILE_SSO', 'the single sign-on of the profile'],
  ['CREDENTIALS_PROFILE_SSO_LEGACY', 'the single sign-on of the profile'],
  ['CREDENTIALS_PROFILE_PROCESS', 'the credential_process of the profile'],
  ['CREDENTIALS_PROFILE_STS_WEB_ID_TOKEN', 'the web identity token of the profile'],
  ['CREDENTIALS_PROFILE_LOGIN', 'the login of the profile'],
  ['CREDENTIALS_PROFILE', 'the profile'],
  ['CREDENTIALS_ENV_VARS', 'the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'],
  ['CREDENTIALS_HTTP', 'the container (AWS_CONTAINER_CREDENTIALS_FULL_URI or _RELATIVE_URI)'],
  ['CREDENTIALS_IMDS', 'the metadata service of this machine'],
  ['CREDENTIALS_STS_ASSUME_ROLE_WEB_ID', 'a web identity token'],
  ['CREDENTIALS_STS_ASSUME_ROLE', 'a role that was assumed'],
];

/** In words, without anything of the credentials themselves. */
export function credentialSource(found: object, environment: NodeJS.ProcessEnv): string {
  const ways = '$source' in found && typeof found.$source === 'object' && found.$source !== null ? found.$source : {};
  const source = SOURCES.find(([name]) => name in ways)?.[1] ?? 'the default chain of the AWS SDK';
  const { AWS_PROFILE: profile = '' } = environment;
  return profile !== '' && /^[\w.@-]{1,64}$/u.test(profile) && source.endsWith('the profile')
    ? `${source} ${profile}`
    : source;
}
