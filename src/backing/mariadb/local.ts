import { greetsAsMysql } from '../container/handshake.ts';
import { accountUrl, containerServer } from '../container/server.ts';

/** MariaDB on this machine: the official image, which makes the account and the database by itself. */
export const local = containerServer({
  title: 'MariaDB',
  image: (version) => `mariadb:${version}`,
  ports: { mysql: 3306 },
  data: '/var/lib/mysql',
  environment: ({ user, password, database }) => ({
    MARIADB_USER: user,
    MARIADB_PASSWORD: password,
    MARIADB_DATABASE: database,
    MARIADB_RANDOM_ROOT_PASSWORD: 'yes',
  }),
  ready: greetsAsMysql,
  attributes: (values) => ({
    url: accountUrl('mysql', values, `/${encodeURIComponent(values.database)}`),
    user: values.user,
    password: values.password,
    database: values.database,
  }),
});
