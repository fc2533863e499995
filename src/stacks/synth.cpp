#include "stacks/synth.h"

#include <fmt/format.h>

#include "base/json_write.h"
#include "stacks/buildspecs.h"
#include "stacks/development_machine.h"
#include "stacks/names.h"
#include "stacks/roles.h"
#include "stacks/target_stacks.h"
#include "stacks/tooling.h"

namespace trunkline::stacks {
namespace {

void Add(std::vector<SynthFile>& files, std::string_view stack, const Template& made) {
  const json::Value document = made.ToJson();
  files.push_back({.name = fmt::format("{}.template.json", stack),
                   .summary = std::string(document.AsObject().GetString("Description")),
                   .text = TemplateText(made)});
}

void AddEnvironment(std::vector<SynthFile>& files, const center::Center& center,
                    const center::Environment& environment) {
  const std::string& name = *environment.name;
  Add(files, RolesStack(name), MakeRoles(center, environment));
  if (!center.instance) return;
  if (center.HasProject("instance"))
    Add(files, InstanceStack(name), MakeInstanceStack(center, environment));
  if (center.HasProject("contact-flows"))
    Add(files, ContactFlowsStack(name), MakeContactFlowsStack(center, environment));
}

void AddTestBuildspecs(std::vector<SynthFile>& files, const center::Center& center) {
  for (const std::string_view project : center::kTestedProjects) {
    if (!center.HasProject(project)) continue;
    files.push_back(
        {.name = TestBuildspecFile(project),
         .summary = fmt::format("What the Testing stage of the pipeline of {} runs.", project),
         .text = json::WritePretty(TestBuildspec(center, project))});
  }
}

}  // namespace

Synthesized Synthesize(const center::Center& center, std::string_view environment) {
  Synthesized made{.files = {}, .findings = CheckSynth(center)};
  if (HasErrors(made.findings)) return made;
  if (environment.empty()) {
    Add(made.files, kArtifactsStack, MakeArtifacts(center));
    Add(made.files, kToolingStack, MakeTooling(center));
    Add(made.files, kRolesStackSetStack, MakeRolesStackSet(center));
    Add(made.files, kMachineStack, MakeDevelopmentMachine());
  }
  for (const center::Environment& one : center.environments) {
    const bool wanted = environment.empty() ? one.enabled : *one.name == environment;
    if (wanted) AddEnvironment(made.files, center, one);
  }
  AddTestBuildspecs(made.files, center);
  return made;
}

}  // namespace trunkline::stacks
