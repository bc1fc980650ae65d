// Loaded with `--import`: kills its own process right before the n-th change below a folder.
//
//   DIE_BELOW  the folder
//   DIE_AT     n, counted from 1; without it nothing is killed, and DIE_COUNT names a file for the number of changes
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { sep } from 'node:path';

const { DIE_BELOW = '', DIE_AT, DIE_COUNT } = process.env;
const CHANGES = ['open', 'writeFile', 'mkdir', 'rename', 'rm', 'rmdir', 'unlink', 'link'];
let changes = 0;

for (const name of CHANGES) {
  counted(fs.promises, name);
  counted(fs, `${name}Sync`);
}
syncBuiltinESMExports();
if (DIE_COUNT !== undefined) {
  const write = fs.writeFileSync;
  process.on('exit', () => write(DIE_COUNT, String(changes)));
}

function counted(object, name) {
  const original = object[name];
  object[name] = (path, ...rest) => {
    if (String(path).startsWith(DIE_BELOW + sep)) {
      changes += 1;
      if (changes === Number(DIE_AT)) process.kill(process.pid, 'SIGKILL');
    }
    return original.call(object, path, ...rest);
  };
}
