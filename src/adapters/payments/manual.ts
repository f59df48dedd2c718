import { PaymentError, type Payments } from '../../ports/payments.ts'

/** Nobody takes money here: purchases wait until the operator confirms them. */
export const manualPayments: Payments = {
  provider: 'manual',
  checkout: async ({ purchaseId }) => ({ ref: purchaseId, url: null }),
  read() {
    throw new PaymentError('signature', 'This server takes no payments.')
  },
}
