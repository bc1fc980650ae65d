export { isHostFile } from '../../model/host-file.ts';
