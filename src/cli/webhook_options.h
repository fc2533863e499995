// The options by which every webhook command finds its webhook.
#pragma once

#include "app/webhook.h"
#include "cli/command.h"
#include "cli/pipelines_command.h"

namespace trunkline::cli {

inline constexpr Option kRegionOption{
    .name = "--region",
    .value = "REGION",
    .help = "the tooling account's Region (default: the monorepo's, AWS_REGION, the profile's)"};
inline constexpr Option kFunctionOption{.name = "--function",
                                        .value = "NAME",
                                        .help = "the router function (default amzconnect-router)"};
inline constexpr Option kStackOption{.name = "--stack",
                                     .value = "NAME",
                                     .help =
                                         "the stack whose output PayloadUrl says where GitHub "
                                         "posts (default amzconnect-tooling)"};
inline constexpr Option kUrlOption{
    .name = "--url", .value = "URL", .help = "where GitHub posts (default: the stack's output)"};
inline constexpr Option kSecretOption{
    .name = "--secret", .value = "ARN", .help = "the secret (default: the router function's)"};
inline constexpr Option kSecretFileOption{
    .name = "--secret-file",
    .value = "FILE",
    .help = "a file with the secret's text, instead of Secrets Manager"};
inline constexpr Option kRepositoryOption{
    .name = "--repository",
    .value = "OWNER/NAME",
    .help = "GitHub's repository (default: the router function's)"};
inline constexpr Option kGithubApiOption{.name = "--github-api",
                                         .value = "URL",
                                         .help =
                                             "GitHub's REST API (default: the router "
                                             "function's, https://api.github.com)"};

app::WebhookArgs ReadWebhookArgs(const Arguments& arguments);

}  // namespace trunkline::cli
