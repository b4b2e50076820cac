/** Why a request with a valid signature is refused all the same. */
export type SignatureFault = "future" | "replayed";

/** The signatures of requests that were let in, for as long as Bolt would let them in again. */
export interface SeenSignatures {
  /** Null lets the request in, once. `timestamp` in seconds since 1970, as Slack sent it. */
  admit(signature: string, timestamp: number, now: Temporal.Instant): SignatureFault | null;
  /** For a request that was let in and could not be dealt with: Slack may send it again as it was. */
  forget(signature: string): void;
}

/**
 * Bolt refuses a request older than five minutes, and lets in one from the future and one that was
 * copied and sent again within the five minutes.
 */
export function seenSignatures(): SeenSignatures {
  const expiries = new Map<string, number>();
  return {
    admit: (signature, timestamp, now) => {
      const seconds = now.epochMilliseconds / 1000;
      if (!(timestamp <= seconds + skewSeconds)) return "future";
      for (const [old, expiry] of expiries) {
        // In order of arrival, so the first that is still good ends the search.
        if (expiry >= seconds) break;
        expiries.delete(old);
      }
      if (expiries.has(signature)) return "replayed";
      expiries.set(signature, seconds + lifeSeconds);
      return null;
    },
    forget: (signature) => {
      expiries.delete(signature);
    },
  };
}

/** A machine's clock that is kept by the network is well within this of Slack's. */
const skewSeconds = 5;
const lifeSeconds = 5 * 60 + 2 * skewSeconds;
