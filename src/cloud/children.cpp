#include "cloud/children.h"

#include <chrono>
#include <utility>

#include "base/files.h"
#include "base/subprocess.h"
#include "cloud/callers.h"
#include "cloud/engine.h"
#include "cloud/services/sts/sessions.h"

namespace trunkline::cloud {
namespace {

constexpr std::string_view kToolsFolder = "child-tools";
constexpr std::chrono::seconds kSessionLength = std::chrono::hours(12);
// tcpmux: nobody listens there, so a connection is refused at once.
constexpr std::string_view kRefusingProxy = "http://127.0.0.1:1";
constexpr std::string_view kSystemPath =
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

// boto3 older than 1.28 does not read AWS_ENDPOINT_URL: every client that names no endpoint gets it
// from here. The AWS CLI, too: some of its commands (cloudformation package) make clients that do
// not heed --endpoint-url.
constexpr std::string_view kSiteCustomize = R"py(import importlib.abc
import importlib.util
import os
import sys


def use_endpoint(module):
    create = module.Session.create_client

    def create_client(self, *args, **kwargs):
        if len(args) < 6 and kwargs.get("endpoint_url") is None:
            kwargs["endpoint_url"] = os.environ["AWS_ENDPOINT_URL"]
        return create(self, *args, **kwargs)

    module.Session.create_client = create_client


class AfterImport(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name not in ("botocore.session", "awscli.botocore.session"):
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None:
            run = spec.loader.exec_module

            def exec_module(module):
                run(module)
                use_endpoint(module)

            spec.loader.exec_module = exec_module
        return spec


if os.environ.get("AWS_ENDPOINT_URL"):
    sys.meta_path.insert(0, AfterImport())
)py";

std::string ShellQuote(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

void AddAddresses(std::map<std::string, std::string>& environment, const std::string& endpoint,
                  const std::string& region) {
  environment["AWS_ENDPOINT_URL"] = endpoint;
  environment["AWS_REGION"] = region;
  environment["AWS_DEFAULT_REGION"] = region;
  environment["AWS_EC2_METADATA_DISABLED"] = "true";
  for (const char* name : {"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"}) {
    environment[name] = kRefusingProxy;
  }
  for (const char* name : {"NO_PROXY", "no_proxy"}) environment[name] = "127.0.0.1,localhost";
}

void AddCredentials(std::map<std::string, std::string>& environment, const IssuedKey& key) {
  environment["AWS_ACCESS_KEY_ID"] = key.caller.access_key_id;
  environment["AWS_SECRET_ACCESS_KEY"] = key.secret;
  environment["AWS_SESSION_TOKEN"] = key.session_token;
}

Answer<IssuedKey> StartChildSession(const WaitContext& context, std::string_view role_arn,
                                    std::string_view session_name) {
  std::optional<IssuedKey> key;
  TL_DO(context.State([&](Context& state) -> Answer<> {
    if (role_arn.empty()) {
      key = sts::StartSession(state, RootCaller(context.caller().account), kSessionLength);
      return json::Object();
    }
    TL_TRY(const sts::Role role, sts::FindRole(state, role_arn));
    key = sts::StartSession(state, sts::SessionCaller(role, session_name), kSessionLength);
    return json::Object();
  }));
  return std::move(*key);
}

}  // namespace

Result<void> WriteChildTools(const std::string& folder, const std::string& real_aws) {
  DiskFiles files;
  TL_DO(files.Write(folder + "/python/sitecustomize.py", kSiteCustomize));
  if (real_aws.empty()) return {};
  const std::string script = fmt::format(
      "#!/bin/sh\nexec {} --endpoint-url \"$AWS_ENDPOINT_URL\" \"$@\"\n", ShellQuote(real_aws));
  return files.Write(folder + "/bin/aws", script, 0755);
}

Answer<std::map<std::string, std::string>> MakeChildEnvironment(const WaitContext& context,
                                                                std::string_view role_arn,
                                                                std::string_view session_name) {
  TL_TRY(const IssuedKey key, StartChildSession(context, role_arn, session_name));
  const Environment& ours = context.engine().environment;
  const std::string tools = JoinPath(context.data_folder(), kToolsFolder);
  if (!DiskFiles().Exists(tools + "/python/sitecustomize.py")) {
    TL_DO(WriteChildTools(tools, FindProgram("aws", ours).value_or("")));
  }
  std::map<std::string, std::string> environment;
  environment["PATH"] = tools + "/bin:" + ours.GetOr("PATH", kSystemPath);
  environment["PYTHONPATH"] = tools + "/python";
  environment["LANG"] = "C.UTF-8";
  environment["TZ"] = ":UTC";
  AddAddresses(environment, context.endpoint(), context.region());
  AddCredentials(environment, key);
  return environment;
}

}  // namespace trunkline::cloud
