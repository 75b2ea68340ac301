import { answersAsAmqp } from '../container/handshake.ts';
import { accountUrl, containerServer } from '../container/server.ts';

/** RabbitMQ on this machine: the official image with the management pages. */
export const local = containerServer({
  title: 'RabbitMQ',
  image: (version) => `rabbitmq:${version}-management`,
  ports: { amqp: 5672, management: 15672 },
  data: '/var/lib/rabbitmq',
  // Its data is filed under the name of the machine, which the engine would make anew each time.
  hostname: 'rabbitmq',
  environment: ({ user, password }) => ({ RABBITMQ_DEFAULT_USER: user, RABBITMQ_DEFAULT_PASS: password }),
  ready: answersAsAmqp,
  attributes: (values) => ({
    url: accountUrl('amqp', values),
    user: values.user,
    password: values.password,
    'management-url': `http://${values.host}:${values.ports['management']}`,
  }),
});
