import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { StoredReport, StoredRound } from './store/database.ts';
import { addReports, isWaiting } from './store/reports.ts';
import type { OnDevice } from './store/rounds.ts';
import { RoundSync, type SyncState } from './sync/round-sync.ts';
import { type Action, reportsOf } from './view/reports-of.ts';
import { type RoundView, roundView } from './view/round-view.ts';

interface RoundContext {
  readonly userId: string;
  readonly round: StoredRound;
  readonly view: RoundView;
  /** Up to which number of the manifest the courier has seen the changes. */
  readonly seenNumber: number;
  /** Reports that the server has still to accept. */
  readonly waiting: readonly StoredReport[];
  readonly refused: readonly StoredReport[];
  readonly ofOthers: number;
  readonly sync: SyncState;
  /** Sends what is due, and loads the round. */
  readonly reload: () => void;
  readonly report: UseMutationResult<void, Error, Action>;
}

const Context = createContext<RoundContext | undefined>(undefined);

export function useRound(): RoundContext {
  const context = useContext(Context);
  if (!context) throw new Error('useRound needs a RoundProvider');
  return context;
}

interface RoundProviderProps {
  readonly userId: string;
  readonly device: OnDevice | undefined;
  readonly children: ReactNode;
  /** Until there is a round on the device. */
  readonly empty: (sync: SyncState, reload: () => void) => ReactNode;
}

/** Keeps the round of a courier in step with the server, and gives it to the pages. Needs the user as its key. */
export function RoundProvider({ userId, device, children, empty }: RoundProviderProps) {
  const [sync] = useState(() => new RoundSync(userId));
  useEffect(() => sync.start(), [sync]);
  const state = useSyncExternalStore(sync.subscribe, sync.state);
  const { reload } = sync;
  const report = useMutation({
    mutationFn: (action: Action) =>
      addReports(userId, ({ round, reports }) => (round ? reportsOf(action, round.manifest, reports) : [])),
    networkMode: 'always',
    retry: false,
  });
  const { round, seenNumber = 0, reports = NONE, ofOthers = 0 } = device ?? {};
  const view = useMemo(() => round && roundView(round.manifest, reports), [round, reports]);
  if (!round || !view) return empty(state, reload);
  const waiting = reports.filter(isWaiting);
  const refused = reports.filter(({ refusal }) => refusal !== undefined);
  return (
    <Context value={{ userId, round, view, seenNumber, waiting, refused, ofOthers, sync: state, reload, report }}>
      {children}
    </Context>
  );
}

const NONE: readonly StoredReport[] = [];
