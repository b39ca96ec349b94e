// Lines from a source to the event that it speaks of, by its stance: dotted where it says so, broken where it doubts, long and
// in the colour of alarm where it denies.

export const CLAIMS = {
  pro: { stances: ["asserts", "confirms"], colour: "--sure", dash: [2, 4] },
  unsure: { stances: ["suspects", "doubts"], colour: "--doubt", dash: [7, 4, 2, 4] },
  contra: { stances: ["denies"], colour: "--alarm", dash: [10, 3] },
};

const groups = new Map(Object.entries(CLAIMS).flatMap(([name, { stances }]) => stances.map((stance) => [stance, name])));

export const claimOf = (stance) => groups.get(stance) || "pro";
