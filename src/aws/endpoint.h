// Where a service is: AWS's own host in a Region, or the address the user gave.
#pragma once

#include <string>
#include <string_view>

#include "aws/model.h"
#include "base/environment.h"
#include "base/result.h"
#include "net/http.h"

namespace trunkline::aws {

struct Endpoint {
  net::Url url;
  std::string signing_region;  // global services are signed for their partition's home Region
  bool custom = false;         // from the user: S3 then takes path style
};

// `given` (an option), then AWS_ENDPOINT_URL_<SERVICE>, then AWS_ENDPOINT_URL, then AWS's own. An
// error names the text that is not a URL, and where it came from.
Result<Endpoint> FindEndpoint(const Model& model, const std::string& region,
                              const std::string& given, const Environment& environment);

// "aws", "aws-cn" or "aws-us-gov".
std::string_view PartitionOf(std::string_view region);

}  // namespace trunkline::aws
