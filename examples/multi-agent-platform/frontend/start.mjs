// Starts the standalone server. It listens on HOSTNAME, which is a pod's own name on Kubernetes and
// whatever the shell says elsewhere; HOST is what the other services use.
process.env.HOSTNAME = process.env.HOST || '0.0.0.0';
process.env.PORT ||= '3001';
await import('./.next/standalone/frontend/server.js');
