import { answersAsMongodb } from '../container/handshake.ts';
import { accountUrl, containerServer } from '../container/server.ts';

/** MongoDB on this machine: the official image, which makes the account by itself. */
export const local = containerServer({
  title: 'MongoDB',
  image: (version) => `mongo:${version}`,
  ports: { mongodb: 27017 },
  data: '/data/db',
  environment: ({ user, password, database }) => ({
    MONGO_INITDB_ROOT_USERNAME: user,
    MONGO_INITDB_ROOT_PASSWORD: password,
    MONGO_INITDB_DATABASE: database,
  }),
  ready: answersAsMongodb,
  attributes: (values) => ({
    url: accountUrl('mongodb', values, `/${encodeURIComponent(values.database)}?authSource=admin`),
    user: values.user,
    password: values.password,
    database: values.database,
  }),
});
