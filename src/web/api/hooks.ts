import { useSyncExternalStore } from 'react';
import { currentUserId, expectedUserId, onSessionChange, sessionStatus, type SessionStatus } from './session.ts';

export function useSessionStatus(): SessionStatus {
  return useSyncExternalStore(onSessionChange, sessionStatus);
}

export function useUserId(): string | undefined {
  return useSyncExternalStore(onSessionChange, currentUserId);
}

export function useExpectedUserId(): string | undefined {
  return useSyncExternalStore(onSessionChange, expectedUserId);
}

function onConnectionChange(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

export function useIsOnline(): boolean {
  return useSyncExternalStore(onConnectionChange, () => navigator.onLine);
}
