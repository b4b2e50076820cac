import {
  ActionRowBuilder,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  type Client,
  ContextMenuCommandBuilder,
  Events,
  type Interaction,
  LabelBuilder,
  type MessageActionRowComponentBuilder,
  ModalBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from "discord.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DiscordSandbox } from "../../../sandbox/discord/index.ts";
import { ANA, aClient, aServer, BEN, CHANNEL } from "./a-server.ts";

let sandbox: DiscordSandbox;
let client: Client<true>;
/** What the bot does about each interaction, and what went wrong in it. */
let act: (interaction: Interaction) => Promise<unknown>;
let failures: unknown[];

beforeEach(async () => {
  sandbox = await aServer({ timing: { ackMs: 3_000 } });
  failures = [];
  act = async () => {};
  client = await aClient(sandbox, (starting) =>
    starting.on(Events.InteractionCreate, (interaction) => {
      act(interaction).catch((error: unknown) => failures.push(error));
    }),
  );
  const slash = new SlashCommandBuilder().setName("kpi").setDescription("Numbers");
  slash.addStringOption((option) =>
    option.setName("ask").setDescription("What").setAutocomplete(true),
  );
  await client.application.commands.set([
    slash,
    new ContextMenuCommandBuilder().setName("Explain this").setType(ApplicationCommandType.Message),
    new ContextMenuCommandBuilder().setName("Who is it").setType(ApplicationCommandType.User),
  ]);
});
afterEach(async () => {
  await client.destroy();
  await sandbox.stop();
});

const aRow = (component: MessageActionRowComponentBuilder) =>
  new ActionRowBuilder<MessageActionRowComponentBuilder>().addComponents(component);
const ask = (text = "/kpi adoption") => sandbox.typeCommand({ channel: CHANNEL, user: ANA, text });
const last = () => {
  const message = sandbox.messages(CHANNEL).at(-1);
  if (!message) throw new Error("nothing was said");
  return message;
};
/** A first answer that the client's own methods would not send; how it was refused is noted. */
async function answerRaw({ id, token }: { id: string; token: string }, body: object) {
  const path = `/interactions/${id}/${token}/callback` as const;
  await client.rest.post(path, { body, auth: false }).catch((error) => failures.push(error));
}
/** Has the bot answer a command with one component below the words. */
async function answerWith(component: MessageActionRowComponentBuilder): Promise<string> {
  act = async (interaction) => {
    if (interaction.isChatInputCommand())
      await interaction.reply({ content: "41.2%", components: [aRow(component)] });
  };
  await ask();
  return last().id;
}

describe("what is typed", () => {
  test("is answered with choices while it is being typed", async () => {
    act = async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const typed = interaction.options.getFocused();
      await interaction.respond([{ name: `${typed} rate`, value: "adoption_rate" }]);
    };
    const typed = { channel: CHANNEL, user: ANA, text: "/kpi adopt" };
    expect(await sandbox.suggest(typed)).toEqual([{ name: "adopt rate", value: "adoption_rate" }]);
    expect(sandbox.messages(CHANNEL)).toEqual([]);
  });

  test("cannot be answered with 26 choices, nor with a message", async () => {
    act = async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { id, token } = interaction;
      const choices = Array.from({ length: 26 }, (_, n) => ({ name: `n${n}`, value: `v${n}` }));
      for (const body of [
        { type: 8, data: { choices } },
        { type: 4, data: { content: "no" } },
      ])
        await answerRaw({ id, token }, body);
      await interaction.respond(choices.slice(1));
    };
    const choices = await sandbox.suggest({ channel: CHANNEL, user: ANA, text: "/kpi x" });
    expect(choices).toHaveLength(25);
    expect(failures.map(String)).toEqual([
      expect.stringContaining("data.choices[BASE_TYPE_MAX_LENGTH]"),
      expect.stringContaining("type[BASE_TYPE_CHOICES]: Value must be one of {8}."),
    ]);
  });

  test.each([
    ["Explain this", "message"],
    ["Who is it", "person"],
  ])("%s, in the menu of a %s, comes with what it was chosen on", async (name, on) => {
    const said = sandbox.postAsUser({ channel: CHANNEL, user: BEN, text: "Why?" });
    act = async (interaction) => {
      if (interaction.isMessageContextMenuCommand())
        await interaction.reply(`About "${interaction.targetMessage.content}"`);
      if (interaction.isUserContextMenuCommand())
        await interaction.reply(`That is ${interaction.targetUser.username}`);
    };
    const target = on === "message" ? said : BEN;
    await sandbox.useMenuCommand({ channel: CHANNEL, user: ANA, name, target });
    expect(last().content).toBe(on === "message" ? 'About "Why?"' : "That is ben");
    expect(failures).toEqual([]);
  });
});

describe("a menu below a message", () => {
  test("tells the bot what was chosen, and its message changes", async () => {
    const menu = new StringSelectMenuBuilder()
      .setCustomId("by")
      .addOptions({ label: "Tier", value: "tier" }, { label: "Region", value: "region" });
    const message = await answerWith(menu);
    act = async (interaction) => {
      if (interaction.isStringSelectMenu())
        await interaction.update({ content: `by ${interaction.values}`, components: [] });
    };
    await sandbox.choose({ message, user: ANA, menu: "by", values: ["region"] });
    expect(last()).toMatchObject({ id: message, content: "by region", components: [] });
    const unknown = sandbox.choose({ message, user: ANA, menu: "by", values: ["tier"] });
    await expect(unknown).rejects.toThrow("nothing to choose");
  });

  test.each([
    ["people", new UserSelectMenuBuilder().setCustomId("m"), BEN, "ben"],
    ["channels", new ChannelSelectMenuBuilder().setCustomId("m"), CHANNEL, "gtm"],
  ])("of %s comes with who or what was chosen", async (_, menu, value, name) => {
    const message = await answerWith(menu);
    act = async (interaction) => {
      if (interaction.isUserSelectMenu())
        await interaction.reply(interaction.users.map(({ username }) => username).join());
      if (interaction.isChannelSelectMenu())
        await interaction.reply(
          interaction.channels.map((one) => (one && "name" in one ? one.name : "")).join(),
        );
    };
    await sandbox.choose({ message, user: ANA, menu: "m", values: [value] });
    expect(last().content).toBe(name);
  });

  test("an update that was put off changes the message itself", async () => {
    const message = await answerWith(
      new ButtonBuilder().setCustomId("more").setLabel("More").setStyle(ButtonStyle.Primary),
    );
    act = async (interaction) => {
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      await interaction.editReply({ content: "more of it" });
      await interaction.followUp("and a word");
    };
    await sandbox.click({ message, user: ANA, label: "More" });
    await sandbox.waitFor(() => last().content === "and a word");
    expect(sandbox.messages(CHANNEL).map(({ content }) => content)).toEqual([
      "more of it",
      "and a word",
    ]);
  });
});

describe("a modal", () => {
  const why = new TextInputBuilder().setCustomId("why").setStyle(TextInputStyle.Paragraph);
  const modal = new ModalBuilder().setCustomId("explain").setTitle("Explain");
  modal.addLabelComponents(
    new LabelBuilder().setLabel("What happened?").setTextInputComponent(why.setMaxLength(20)),
  );
  const opens = async (interaction: Interaction) => {
    if (interaction.isChatInputCommand()) await interaction.showModal(modal);
    if (interaction.isModalSubmit())
      await interaction.reply(interaction.fields.getTextInputValue("why"));
  };

  test("is shown, filled and sent, and its answer is said", async () => {
    act = opens;
    await ask();
    expect(sandbox.modal(ANA)).toMatchObject({ title: "Explain" });
    expect(sandbox.modal(BEN)).toBeUndefined();
    await sandbox.submitModal({ user: ANA, values: { why: "The campaign ended." } });
    expect(last().content).toBe("The campaign ended.");
    expect(sandbox.modal(ANA)).toBeUndefined();
    expect(sandbox.acks().map(({ kind }) => kind)).toEqual(["command", "modal"]);
  });

  test("is not sent while an input is empty or too long", async () => {
    act = opens;
    await ask();
    const submit = (values: Record<string, string>) => sandbox.submitModal({ user: ANA, values });
    await expect(submit({})).rejects.toThrow("why has to be filled");
    await expect(submit({ why: "x".repeat(21) })).rejects.toThrow("why takes 0 to 20 characters");
    await submit({ why: "x" });
  });

  test("whose title is too long is refused, and no modal opens from a modal", async () => {
    act = async (interaction) => {
      const data = modal.toJSON();
      if (interaction.isChatInputCommand()) {
        await answerRaw(interaction, { type: 9, data: { ...data, title: "x".repeat(46) } });
        await interaction.showModal(modal);
      } else if (interaction.isModalSubmit()) {
        await answerRaw(interaction, { type: 9, data });
        await interaction.reply("no");
      }
    };
    await ask();
    await sandbox.submitModal({ user: ANA, values: { why: "x" } });
    expect(failures.map(String)).toEqual([
      expect.stringContaining("data.title[BASE_TYPE_BAD_LENGTH]"),
      expect.stringContaining("type[BASE_TYPE_CHOICES]: Value must be one of {4, 5}."),
    ]);
  });
});

test("a first answer comes back with its message to who asks for it", async () => {
  let said = "";
  act = async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const response = await interaction.reply({ content: "41.2%", withResponse: true });
    said = response.resource?.message?.content ?? "";
    const fetched = await interaction.fetchReply();
    said += ` ${fetched.id === response.resource?.message?.id}`;
  };
  await ask();
  await expect.poll(() => said).toBe("41.2% true");
});
