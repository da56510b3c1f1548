import { lazy, type ReactNode, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { AppProviders } from '../ui/app/app-providers.tsx';
import { SignedIn } from '../ui/app/signed-in.tsx';
import { Rows } from '../ui/states.tsx';
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

export function App() {
  return (
    <AppProviders basename="/shop">
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
    </AppProviders>
  );
}

/** A page for signed-in users. */
function own(page: ReactNode) {
  return <SignedIn>{page}</SignedIn>;
}
