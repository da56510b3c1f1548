import { lazy, Suspense } from 'react';
import { Outlet, Route, Routes } from 'react-router';
import { AppProviders } from '../ui/app/app-providers.tsx';
import { SignedIn } from '../ui/app/signed-in.tsx';
import { Rows } from '../ui/states.tsx';
import { AdminOnly } from './admin-only.tsx';
import { Layout } from './layout.tsx';
import { StepUpDialog } from './second-factor/step-up-dialog.tsx';

const SignInPage = lazy(() => import('./pages/sign-in.tsx'));
const TodayPage = lazy(() => import('./pages/today.tsx'));
const TomorrowPage = lazy(() => import('./pages/tomorrow.tsx'));
const OrdersPage = lazy(() => import('./pages/orders.tsx'));
const DeliveriesPage = lazy(() => import('./pages/deliveries.tsx'));
const ProductsPage = lazy(() => import('./pages/products.tsx'));
const CustomersPage = lazy(() => import('./pages/customers.tsx'));
const CustomerPage = lazy(() => import('./pages/customer.tsx'));
const CouriersPage = lazy(() => import('./pages/couriers.tsx'));
const ReportsPage = lazy(() => import('./pages/reports.tsx'));
const BooksPage = lazy(() => import('./pages/books.tsx'));
const OperationsPage = lazy(() => import('./pages/operations.tsx'));
const SettingsPage = lazy(() => import('./pages/settings.tsx'));
const AccountPage = lazy(() => import('./pages/account.tsx'));
const NotFoundPage = lazy(() => import('./pages/not-found.tsx'));

export function App() {
  return (
    <AppProviders basename="/console">
      <Suspense fallback={<Rows count={5} />}>
        <Routes>
          <Route path="sign-in" element={<SignInPage />} />
          <Route element={<Frame />}>
            <Route index element={<TodayPage />} />
            <Route path="tomorrow" element={<TomorrowPage />} />
            <Route path="orders" element={<OrdersPage />} />
            <Route path="deliveries" element={<DeliveriesPage />} />
            <Route path="products" element={<ProductsPage />} />
            <Route path="customers" element={<CustomersPage />} />
            <Route path="customers/:userId/*" element={<CustomerPage />} />
            <Route path="couriers" element={<CouriersPage />} />
            <Route path="reports" element={<ReportsPage />} />
            <Route path="books" element={<BooksPage />} />
            <Route path="operations" element={<OperationsPage />} />
            <Route path="settings" element={<SettingsPage />} />
            <Route path="account" element={<AccountPage />} />
            <Route path="*" element={<NotFoundPage />} />
          </Route>
        </Routes>
      </Suspense>
    </AppProviders>
  );
}

/** What every page for admins has around it. */
function Frame() {
  return (
    <SignedIn>
      <StepUpDialog />
      <AdminOnly>
        <Layout>
          <Suspense fallback={<Rows count={5} />}>
            <Outlet />
          </Suspense>
        </Layout>
      </AdminOnly>
    </SignedIn>
  );
}
