/** The oldest PostgreSQL that everything works on alike: `npm run test:versions` shows it. */
export const oldestServer = 15;
