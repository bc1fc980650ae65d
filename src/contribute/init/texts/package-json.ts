/** What `package.json` needs: one version of Packyard for everybody, and words for what is done every day. */
export function packageJson(version: string): Readonly<Record<string, unknown>> {
  return {
    scripts: { check: 'packyard check', build: 'packyard build', serve: 'packyard serve' },
    devDependencies: { packyard: version },
  };
}

/** What a new `package.json` begins with: it is no package that anybody publishes. */
export function newPackageJson(name: string, version: string): Readonly<Record<string, unknown>> {
  return { name, private: true, ...packageJson(version) };
}
