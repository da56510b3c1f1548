/** The address that emulators listen on. In a container it is 0.0.0.0, so that other containers can connect. */
export const LISTEN_HOST = process.env.LOCAL_HOST || '127.0.0.1';
