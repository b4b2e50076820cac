import type { ChannelRef, ChatPort } from "../message.ts";
import type { Delivery } from "./delivery-store.ts";
import type { Told } from "./told.ts";

/** A delivery that is leased, with what it needs to be posted. */
export interface Posting {
  delivery: Delivery;
  told: Told;
  port: ChatPort;
  channel: ChannelRef;
}
