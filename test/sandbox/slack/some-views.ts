import type { HomeView, ModalView } from "@slack/web-api";

export const plain = (text: string) => ({ type: "plain_text" as const, text });

const options = [
  { text: plain("Certain"), value: "certain" },
  { text: plain("A guess"), value: "guess" },
];

/** A modal that asks for an explanation: one input must be filled, the others may be left. */
export function aForm(title = "Explain"): ModalView {
  return {
    type: "modal",
    callback_id: "explain",
    private_metadata: "adoption",
    notify_on_close: true,
    title: plain(title),
    submit: plain("Save"),
    close: plain("Cancel"),
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: "*Adoption Rate* is down 1.9 points." } },
      {
        type: "input",
        block_id: "why",
        label: plain("What happened?"),
        hint: plain("Seen by everybody in the channel."),
        element: { type: "plain_text_input", action_id: "text", multiline: true },
      },
      {
        type: "input",
        block_id: "how",
        optional: true,
        label: plain("How sure are you?"),
        element: { type: "static_select", action_id: "sure", options },
      },
      {
        type: "input",
        block_id: "tags",
        optional: true,
        label: plain("Is it"),
        element: {
          type: "checkboxes",
          action_id: "tags",
          options: [{ text: plain("expected to come back"), value: "temporary" }],
        },
      },
      {
        type: "input",
        block_id: "since",
        optional: true,
        label: plain("Since"),
        element: { type: "datepicker", action_id: "day", initial_date: "2026-11-09" },
      },
      {
        type: "actions",
        block_id: "acts",
        elements: [{ type: "button", action_id: "more", text: plain("More"), value: "more" }],
      },
    ],
  };
}

export function aHome(): HomeView {
  return {
    type: "home",
    blocks: [
      { type: "header", text: plain("Your metrics") },
      { type: "section", text: { type: "mrkdwn", text: "*Adoption Rate* 41.2%" } },
      {
        type: "actions",
        elements: [{ type: "button", action_id: "refresh", text: plain("Refresh"), value: "r" }],
      },
    ],
  };
}
