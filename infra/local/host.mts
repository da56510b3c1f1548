/** The address that the API and the emulators listen on, except DynamoDB Local, which has no such option. In a container it is 0.0.0.0, so that other containers can connect. */
export const LISTEN_HOST = process.env.LOCAL_HOST || '127.0.0.1';
