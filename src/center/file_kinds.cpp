#include "center/file_kinds.h"

namespace trunkline::center {
namespace {

constexpr Range kTagValueRange{0, 256};

constexpr FileKind kKinds[] = {
    {.schema = "accountvars",
     .path = "amzconnect-devops-pipelines/env/accountvars.json",
     .summary = "The environments: git branch, AWS account and Regions of each.",
     .shape = &kAccountsShape},
    {.schema = "bot",
     .path = "amzconnect-supporting-infra/lib/infra-stack/bots/<bot>/Bot.json",
     .summary = "What a Lex V2 bot is beside its locales; the file is optional.",
     .shape = &kBotShape},
    {.schema = "bot-aliases",
     .path = "amzconnect-supporting-infra/lib/infra-stack/bots/<bot>/Aliases.json",
     .summary = "How the bot's alias, named after the environment, treats each locale.",
     .shape = &kBotAliasesShape},
    {.schema = "bot-locales",
     .path = "amzconnect-supporting-infra/lib/infra-stack/bots/<bot>/Locales.json",
     .summary = "The languages of a Lex V2 bot, with their intents, slots and slot types.",
     .shape = &kBotLocalesShape},
    {.schema = "configuration",
     .path = "amzconnect-instance/lib/instance-stack/configuration.json",
     .summary = "The Amazon Connect instance, its storage and its first queues.",
     .shape = &kInstanceShape},
    {.schema = "devops",
     .path = "amzconnect-devops-pipelines/env/devops.json",
     .summary = "The tooling account, the repository and who is told.",
     .shape = &kDevopsShape},
    {.schema = "function",
     .path = "amzconnect-lambdas/functions/<name>/function.json",
     .summary = "A Lambda function of the center.",
     .shape = &kFunctionShape},
    {.schema = "hours",
     .path = "amzconnect-admin-objects/hours/*.json",
     .summary = "Hours of operation.",
     .shape = &kHoursShape},
    {.schema = "project-devops",
     .path = "amzconnect-<project>/env/devops.json",
     .summary = "The tooling account, as a single project names it.",
     .shape = &kProjectDevopsShape},
    {.schema = "project-tests",
     .path = "amzconnect-<project>/test.json",
     .summary =
         "What the Testing stage of a pipeline (lambdas, supporting-infra) runs; the file is "
         "optional.",
     .shape = &kProjectTestsShape},
    {.schema = "prompt",
     .path = "amzconnect-admin-objects/prompts/*.json",
     .summary = "A prompt, with its audio in a WAV file beside it.",
     .shape = &kPromptShape},
    {.schema = "queue",
     .path = "amzconnect-admin-objects/queues/*.json",
     .summary = "A queue.",
     .shape = &kQueueShape},
    {.schema = "trunkline",
     .path = "trunkline.json",
     .summary = "How Trunkline delivers this center; the file and everything in it is optional.",
     .shape = &kSettingsShape},
};

}  // namespace

std::span<const FileKind> FileKinds() {
  return kKinds;
}

constinit const Pattern kAccountPattern{
    "[0-9]{12}|X{12}", "an account id of 12 digits (or, until it is known, XXXXXXXXXXXX)"};
constinit const Pattern kRegionPattern{"[a-z]{2}(-[a-z]+)+-[0-9]",
                                       "an AWS Region such as 'us-east-1'"};
constinit const Pattern kSomethingPattern{R"([\s\S]*\S[\s\S]*)", "more than blanks"};
constinit const Range kNameRange{1, 127};
constinit const Range kDescriptionRange{1, 250};
constinit const Range kAtLeastOne{1};
constinit const Range kTagsRange{0, 50};
constinit const Field kTagValue{.kind = Kind::kString, .range = &kTagValueRange};

}  // namespace trunkline::center
