// Writes dist/sbom.cdx.json, a bill of materials in the CycloneDX format. It lists the packages that are
// installed with this one, according to the lock file, and for each built file the packages whose code it
// contains, with their licenses. scripts/licenses.mjs writes the texts. The same sources give the same
// bytes. `npm sbom --omit=dev` is not used: it omits lit, because development packages depend on it too.
import { Contrib, Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { PackageURL } from 'packageurl-js';

const { FromNodePackageJson, License } = Contrib;
const builder = new FromNodePackageJson.Builders.ComponentBuilder(
  new FromNodePackageJson.Factories.ExternalReferenceFactory(),
  new License.Factories.LicenseFactory(() => {
    throw new Error('A license that is no SPDX id: give the factory a parser of expressions.');
  }),
);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

const lock = read('package-lock.json').packages;
/** By the folder, as in the lock file, which has no flag of what comes for development or from peers. */
const installed = Object.keys(lock).filter(
  (folder) => folder && !['dev', 'devOptional', 'peer'].some((flag) => lock[folder][flag]),
);

const root = component('.');
const byFolder = new Map(installed.map((folder) => [folder, component(folder)]));
for (const [folder, of] of [['', root], ...byFolder]) {
  for (const name of Object.keys(lock[folder].dependencies ?? {})) {
    of.dependencies.add(byFolder.get(folderOf(name, folder)).bomRef);
  }
}
const bundled = read('build/bundled.json');
const files = Object.keys(bundled).map((path) => fileWith(path, bundled[path]));

const bom = new Models.Bom({
  metadata: new Models.Metadata({ component: root }),
  components: new Models.ComponentRepository([...byFolder.values(), ...files]),
});
const serializer = new Serialize.JsonSerializer(
  new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6),
);
writeFileSync(
  'dist/sbom.cdx.json',
  `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`,
);

/** A package, whose reference is its purl after `prefix`. */
function component(folder, prefix = '') {
  const data = read(`${folder}/package.json`);
  const made = builder.makeComponent(data);
  const [namespace, name] = data.name.startsWith('@') ? data.name.split('/') : ['', data.name];
  made.purl = new PackageURL('npm', namespace, name, data.version).toString();
  made.bomRef.value = prefix + made.purl;
  const { integrity } = lock[folder] ?? {};
  if (integrity) made.hashes.set(...FromNodePackageJson.Utils.parsePackageIntegrity(integrity));
  return made;
}

/** A file of dist/ with the packages whose code is in it. */
function fileWith(path, folders) {
  const hash = createHash('sha384').update(readFileSync(path)).digest('hex');
  return new Models.Component(Enums.ComponentType.File, path, {
    bomRef: path,
    hashes: new Models.HashDictionary([[Enums.HashAlgorithm['SHA-384'], hash]]),
    components: new Models.ComponentRepository(
      folders.map((folder) => component(folder, `${path}#`)),
    ),
  });
}

/** Where Node finds a package that the one in `from` depends on. */
function folderOf(name, from) {
  for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    const path = `${folder ? `${folder}/` : ''}node_modules/${name}`;
    if (lock[path]) return path;
    if (!folder) throw new Error(`package-lock.json lacks ${name}, which ${from} depends on.`);
  }
}
