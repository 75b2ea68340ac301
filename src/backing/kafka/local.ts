import { answersAsKafka } from '../container/handshake.ts';
import { containerServer } from '../container/server.ts';

/** Kafka on this machine: the project's own image, one node that is broker and controller. */
export const local = containerServer({
  title: 'Apache Kafka',
  image: (version) => `apache/kafka:${version}`,
  ports: { kafka: 9092 },
  data: '/var/lib/kafka/data',
  environment: ({ host, port }) => ({
    KAFKA_NODE_ID: '1',
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
    // What clients are told to connect to: the port on this machine.
    KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${host}:${port}`,
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    KAFKA_LOG_DIRS: '/var/lib/kafka/data',
  }),
  ready: answersAsKafka,
  attributes: ({ host, port }) => ({ brokers: `${host}:${port}` }),
});
