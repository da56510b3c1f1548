/** Where an emulator listens: on this machine alone, except in a container, where others could not reach it. */
export const LISTEN_HOST = process.env.LOCAL_HOST || '127.0.0.1';
