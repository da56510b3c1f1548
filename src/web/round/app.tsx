import { useEffect } from 'react';
import { Outlet, Route, Routes } from 'react-router';
import { useExpectedUserId } from '../api/hooks.ts';
import { AppProviders } from '../ui/app/app-providers.tsx';
import { CourierOnly } from './courier-only.tsx';
import { Layout } from './layout.tsx';
import { MorePage } from './pages/more.tsx';
import { NextStopPage } from './pages/next-stop.tsx';
import { NotFoundPage } from './pages/not-found.tsx';
import { SignInPage } from './pages/sign-in.tsx';
import { StopPage } from './pages/stop.tsx';
import { StopsPage } from './pages/stops.tsx';
import { TotalsPage } from './pages/totals.tsx';
import { tidyDevice } from './store/rounds.ts';

/** All pages are in one file: without a network, none can be loaded later. */
export function App() {
  return (
    <AppProviders basename="/round">
      <TidyDevice />
      <Routes>
        <Route path="sign-in" element={<SignInPage />} />
        <Route element={<Frame />}>
          <Route index element={<NextStopPage />} />
          <Route path="stops" element={<StopsPage />} />
          <Route path="stops/:deliveryId" element={<StopPage />} />
          <Route path="totals" element={<TotalsPage />} />
          <Route path="more" element={<MorePage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Routes>
    </AppProviders>
  );
}

function Frame() {
  return (
    <CourierOnly>
      <Layout>
        <Outlet />
      </Layout>
    </CourierOnly>
  );
}

/** The round of a courier leaves the device when the session ends, or becomes that of another user. */
function TidyDevice() {
  const userId = useExpectedUserId();
  useEffect(() => {
    tidyDevice(userId).catch((error: unknown) => console.warn('The device could not be tidied', error));
  }, [userId]);
  return null;
}
