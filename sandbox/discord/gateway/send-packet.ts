import type { WebSocket } from "ws";
import type { JsonObject } from "../../json.ts";

export function sendPacket(socket: WebSocket, packet: JsonObject): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(packet));
}
