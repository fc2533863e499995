#include "cloud/services/connect/presigned_url.h"

#include <fmt/format.h>

#include "aws/sigv4.h"
#include "base/text.h"
#include "cloud/callers.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::chrono::seconds kValid = std::chrono::hours(1);

}  // namespace

std::string PresignedObjectUrl(const Context& context, std::string_view bucket,
                               std::string_view key) {
  net::Request request;
  request.method = "GET";
  request.target = fmt::format("/{}/{}", bucket, PercentEncode(key, /*keep_slash=*/true));
  request.headers.Set("Host", context.endpoint.substr(context.endpoint.find("://") + 3));

  aws::Credentials credentials;
  credentials.access_key_id = context.caller.account;
  credentials.secret_key = kCommonSecret;
  aws::SignOptions options;
  options.region = context.region;
  options.service = "s3";
  options.time = context.real_clock.Now();
  options.double_encode = false;
  options.normalise = false;
  aws::Presign(request, credentials, options, kValid);
  return std::string(context.endpoint) + request.target;
}

}  // namespace trunkline::cloud::connect
