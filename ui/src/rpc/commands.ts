import type { Commands } from "../generated/commands";
import { call } from "../platform";

export type { Commands };
export type CommandName = keyof Commands;

export async function run<N extends CommandName>(name: N, args: Commands[N][0]): Promise<Commands[N][1]> {
  return (await call(name, args)) as Commands[N][1];
}
