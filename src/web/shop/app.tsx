import { MantineProvider } from '@mantine/core';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { BrowserRouter, Navigate, NavigationType, Route, Routes, useLocation, useNavigationType } from 'react-router';
import { createQueryClient } from '../api/query-client.ts';
import { accessToken, onSessionChange, sessionStatus } from '../api/session.ts';
import { useSessionStatus } from '../api/hooks.ts';
import { ErrorState, Rows } from '../ui/states.tsx';
import { noVariables, theme } from '../ui/theme.ts';
import { Layout } from './layout.tsx';
import { BrowsePage } from './pages/browse.tsx';

const ProductPage = lazy(() => import('./pages/product.tsx'));
const CartPage = lazy(() => import('./pages/cart.tsx'));
const CheckoutPage = lazy(() => import('./pages/checkout.tsx'));
const OrdersPage = lazy(() => import('./pages/orders.tsx'));
const OrderPage = lazy(() => import('./pages/order.tsx'));
const SubscribePage = lazy(() => import('./pages/subscribe.tsx'));
const SubscriptionsPage = lazy(() => import('./pages/subscriptions.tsx'));
const ChangeSubscriptionPage = lazy(() => import('./pages/change-subscription.tsx'));
const CalendarPage = lazy(() => import('./pages/calendar.tsx'));
const WalletPage = lazy(() => import('./pages/wallet.tsx'));
const AccountPage = lazy(() => import('./pages/account.tsx'));
const SignInPage = lazy(() => import('./pages/sign-in.tsx'));
const RegisterPage = lazy(() => import('./pages/register.tsx'));
const ForgotPasswordPage = lazy(() => import('./pages/forgot-password.tsx'));
const ResetPasswordPage = lazy(() => import('./pages/reset-password.tsx'));
const NotFoundPage = lazy(() => import('./pages/not-found.tsx'));

const queries = createQueryClient();
// What one user has loaded must not stay for the next.
onSessionChange(() => {
  if (sessionStatus() === 'signed-out')
    queries.removeQueries({ predicate: ({ queryKey }) => !PUBLIC.has(queryKey[0]) });
});
const PUBLIC = new Set<unknown>(['dairy', 'products', 'product', 'catalogue']);

export function App() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
      cssVariablesResolver={noVariables}
    >
      <QueryClientProvider client={queries}>
        <BrowserRouter basename="/shop">
          <Session />
          <Layout>
            <Suspense fallback={<Rows count={5} />}>
              <Routes>
                <Route index element={<BrowsePage />} />
                <Route path="product/:productId" element={<ProductPage />} />
                <Route path="sign-in" element={<SignInPage />} />
                <Route path="register" element={<RegisterPage />} />
                <Route path="forgot-password" element={<ForgotPasswordPage />} />
                <Route path="reset-password" element={<ResetPasswordPage />} />
                <Route path="cart" element={own(<CartPage />)} />
                <Route path="checkout" element={own(<CheckoutPage />)} />
                <Route path="orders" element={own(<OrdersPage />)} />
                <Route path="orders/:orderId" element={own(<OrderPage />)} />
                <Route path="subscribe/:productId" element={own(<SubscribePage />)} />
                <Route path="subscriptions" element={own(<SubscriptionsPage />)} />
                <Route path="subscriptions/:subscriptionId" element={own(<ChangeSubscriptionPage />)} />
                <Route path="calendar" element={own(<CalendarPage />)} />
                <Route path="wallet" element={own(<WalletPage />)} />
                <Route path="account" element={own(<AccountPage />)} />
                <Route path="*" element={<NotFoundPage />} />
              </Routes>
            </Suspense>
          </Layout>
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Restores the session after a reload, and scrolls up on a new page. */
function Session() {
  const { pathname } = useLocation();
  const type = useNavigationType();
  useEffect(() => {
    // If this fails, the first request that needs the token reports it.
    accessToken().catch(() => undefined);
  }, []);
  useEffect(() => {
    // The browser restores the position when the user goes back.
    if (type !== NavigationType.Pop) scrollTo(0, 0);
  }, [pathname, type]);
  return null;
}

/** A page for signed-in users. Signing in leads back to it. */
function own(page: ReactNode) {
  return <SignedIn>{page}</SignedIn>;
}

function SignedIn({ children }: { children: ReactNode }) {
  const status = useSessionStatus();
  const { pathname, search } = useLocation();
  if (status === 'signed-in') return children;
  if (status === 'unknown') return <Restoring />;
  return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
}

/** Until the session is restored. Tries again while the API cannot be reached. */
function Restoring() {
  const { error, refetch } = useQuery({
    queryKey: ['session'],
    queryFn: async () => (await accessToken()) !== undefined,
    gcTime: 0,
  });
  return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Rows count={5} />;
}
