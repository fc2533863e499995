#include "app/synth.h"

#include "center/load.h"

namespace trunkline::app {

Result<SynthReport> Synth(AppWorld& world, const SynthArgs& args) {
  SynthReport report;
  report.output = args.output;
  center::Loaded loaded = center::LoadCenter(world.files, args.folder);
  report.findings = std::move(loaded.findings);
  if (!loaded.center) return report;
  if (!args.environment.empty()) TL_DO(center::SelectEnvironment(*loaded.center, args.environment));
  stacks::Synthesized made = stacks::Synthesize(*loaded.center, args.environment);
  for (Finding& finding : made.findings) report.findings.push_back(std::move(finding));
  for (stacks::SynthFile& file : made.files) {
    TL_DO(world.files.Write(JoinPath(args.output, file.name), file.text));
    report.files.push_back(std::move(file));
  }
  return report;
}

}  // namespace trunkline::app
