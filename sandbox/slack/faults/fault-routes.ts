import { z } from "zod";
import { type HttpResponse, jsonResponse } from "../../http/exchange.ts";
import type { Route } from "../../http/serve.ts";
import { parseJson } from "../../json.ts";
import {
  CALL_PLACES,
  callFault,
  DELIVERY_PLACES,
  deliveryFault,
  type FaultPlace,
  type Faults,
  FILE_PLACES,
  fileFault,
} from "./fault.ts";

const times = z.union([z.number().int().positive(), z.literal("always")]).default(1);

/** One of these for each kind of place, so that a fault is held against those of its place. */
const plans = {
  call: z.strictObject({ place: z.enum(CALL_PLACES), fault: callFault, times }),
  delivery: z.strictObject({ place: z.enum(DELIVERY_PLACES), fault: deliveryFault, times }),
  file: z.strictObject({ place: z.enum(FILE_PLACES), fault: fileFault, times }),
};

const places: readonly FaultPlace[] = [...CALL_PLACES, ...DELIVERY_PLACES, ...FILE_PLACES];

/** `/faults`: GET lists, POST plans one, DELETE clears those of `?place=`, or all. */
export function faultRoute(faults: Faults): Route {
  return ({ method, url, header, body }) => {
    if (url.pathname !== "/faults") return null;
    switch (method) {
      case "GET":
        return jsonResponse(listOf(faults));
      case "DELETE": {
        const place = places.find((one) => one === url.searchParams.get("place"));
        faults.clear(place);
        return jsonResponse(listOf(faults));
      }
      case "POST":
        // A foreign page cannot send JSON to a loopback address without asking first.
        return header("content-type").startsWith("application/json")
          ? plan(faults, parseJson(body.toString("utf8")))
          : jsonResponse({ error: "JSON wanted" }, 415);
      default:
        return jsonResponse({ error: "GET, POST or DELETE wanted" }, 405);
    }
  };
}

function plan(faults: Faults, sent: unknown): HttpResponse {
  const place = z.looseObject({ place: z.enum([...places]) }).safeParse(sent);
  if (!place.success) return refuse(place.error);
  const delivery = plans.delivery.safeParse(sent);
  const file = plans.file.safeParse(sent);
  const call = plans.call.safeParse(sent);
  if (delivery.success) {
    faults.next(delivery.data.place, delivery.data.fault, count(delivery.data.times));
  } else if (file.success) {
    faults.next(file.data.place, file.data.fault, count(file.data.times));
  } else if (call.success) {
    faults.next(call.data.place, call.data.fault, count(call.data.times));
  } else {
    const kind = CALL_PLACES.some((one) => one === place.data.place) ? call : delivery;
    return refuse(place.data.place === "file" ? file.error : kind.error);
  }
  return jsonResponse(listOf(faults));
}

function count(wanted: number | "always"): number {
  return wanted === "always" ? Number.POSITIVE_INFINITY : wanted;
}

function refuse(error: z.ZodError): HttpResponse {
  return jsonResponse({ error: z.prettifyError(error) }, 400);
}

function listOf(faults: Faults) {
  return {
    places: [
      ...CALL_PLACES.map((place) => ({ place, group: "call" })),
      ...DELIVERY_PLACES.map((place) => ({ place, group: "delivery" })),
      ...FILE_PLACES.map((place) => ({ place, group: "file" })),
    ],
    planned: faults
      .planned()
      .map((one) => ({ ...one, left: Number.isFinite(one.left) ? one.left : "always" })),
    met: Object.fromEntries(
      places.map((place) => [place, faults.count(place)]).filter(([, met]) => met !== 0),
    ),
  };
}
