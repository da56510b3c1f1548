// Stands in for Stripe's script, which the tests cannot load. What is typed as the card number becomes the id of the
// PaymentMethod.
globalThis.Stripe = (key) => {
  let input;
  return {
    elements: (options) => ({
      update: () => {},
      getElement: () => ({ destroy: () => input?.parentElement?.remove() }),
      submit: () =>
        Promise.resolve(input.value === '' ? { error: { message: 'Your card number is incomplete.' } } : {}),
      create: () => {
        let ready;
        return {
          on: (event, listener) => {
            if (event === 'ready') ready = listener;
          },
          mount: (place) => {
            const label = globalThis.document.createElement('label');
            label.textContent = `Number for ${options.allowedPaymentMethodTypes.join()} with ${key}`;
            input = globalThis.document.createElement('input');
            label.append(input);
            place.append(label);
            ready();
          },
        };
      },
    }),
    createPaymentMethod: () => Promise.resolve({ paymentMethod: { id: input.value } }),
    handleNextAction: async ({ clientSecret }) => {
      await fetch(`https://api.stripe.com/confirm?secret=${encodeURIComponent(clientSecret)}`);
      return {};
    },
  };
};
