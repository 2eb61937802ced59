// The rooms of src/, from the lowest up: a module imports from its own room and from rooms below it.
// `npm run lint` checks it; scripts/diagrams.mjs draws it.
const browser = [
  'src/error-guide\\.ts',
  'src/(errors|error-causes|events)\\.ts',
  'src/config/',
  'src/page/',
  'src/token/',
  'src/campaign/',
  'src/element/',
  'src/sign-in/',
  'src/(index|define)\\.ts',
  'src/(inspector|frameworks|configurator)/',
];
const server = [
  'src/server/input/',
  'src/server/keys/',
  'src/server/(?!index|keygen-cli)[\\w-]+\\.ts',
  'src/server/feed/',
  'src/server/(index|keygen-cli)\\.ts',
];
const simulator = [
  'src/command/',
  'src/simulator/model/',
  'src/simulator/verification/',
  'src/simulator/browser/',
  'src/simulator/options\\.ts',
  'src/simulator/routes/',
  'src/simulator/create-simulator\\.ts',
  'src/simulator/serve\\.ts',
  'src/simulator/index\\.ts',
  'src/simulator/(command|playwright)/',
];
const doctor = ['src/command/', 'src/doctor/'];
const tagCommand = ['src/command/', 'src/tag-command/'];

/** The rooms of each part, from the lowest up. */
export const rooms = {
  element: browser,
  server,
  commands: [...doctor, 'src/tag-command/'],
  simulator,
};

export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Move what both modules need to a module below them.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'server-beside-element',
      comment: 'The server uses the grammar of config/ and nothing else of the element.',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: '^src/', pathNot: '^src/(server|config)/|^src/errors\\.ts' },
    },
    {
      name: 'doctor-reads',
      comment:
        'The doctor reads attributes, tags and answers as the element does, advises as the inspector does, and uses nothing else of them.',
      severity: 'error',
      from: { path: '^src/doctor/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(doctor|command|config)/|^src/(errors|token/answer-kind|inspector/endpoint-advice)\\.ts',
      },
    },
    {
      name: 'tag-command-reads',
      comment: 'The command reads tags as the element does, and uses nothing else of it.',
      severity: 'error',
      from: { path: '^src/tag-command/' },
      to: { path: '^src/', pathNot: '^src/(tag-command|command|config)/|^src/errors\\.ts' },
    },
    {
      name: 'tag-command-on-top',
      comment: 'Move what you need of the command to a room below it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/tag-command/' },
      to: { path: '^src/tag-command/' },
    },
    {
      name: 'doctor-on-top',
      comment: 'Move what you need of the doctor to a room below it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/doctor/' },
      to: { path: '^src/doctor/' },
    },
    {
      name: 'simulator-apart',
      comment:
        'The simulator stands for the vendor: what it shared with the element, no test would see.',
      severity: 'error',
      from: { path: '^src/simulator/' },
      to: { path: '^src/', pathNot: '^src/(simulator|command)/' },
    },
    ...[browser, server, simulator, doctor, tagCommand].flatMap(stairs),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    exclude: { path: '^test/' },
  },
};

/** No module imports from a room above its own. */
function stairs(rooms) {
  return rooms.slice(0, -1).map((room, index) => ({
    name: 'no-arrow-up',
    comment: 'Import from the room of a module, or from rooms below it: see the list of rooms.',
    severity: 'error',
    from: { path: `^${room}` },
    to: { path: rooms.slice(index + 1).map((above) => `^${above}`) },
  }));
}
