export default {
  test: {
    teardownTimeout: 2_000,
    projects: [
      { test: { name: 'node', environment: 'node', include: ['bytemill.test.js'] } },
      { test: { name: 'jsdom', environment: 'jsdom', include: ['bytemill.test.js'] } },
      {
        test: {
          name: 'threads',
          pool: 'threads',
          environment: 'node',
          include: ['bytemill.test.js'],
        },
      },
    ],
  },
};
