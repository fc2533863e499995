// Tags of connections and hosts.
#include <utility>

#include "cloud/services/connections/connection.h"
#include "cloud/services/connections/families.h"
#include "cloud/tagged.h"

namespace trunkline::cloud::connections {
namespace {

constexpr std::size_t kMaxTags = 200;  // the model's own limit of a list

Answer<Tagged> FindTagged(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("ResourceArn");
  if (arn.find(":host/") != std::string_view::npos) {
    TL_TRY(const Record* host, FindHost(context, arn));
    return Tagged{context.RegionScope(), kHost, *host};
  }
  TL_TRY(const Record* connection, FindConnection(context, arn));
  return Tagged{context.RegionScope(), kConnection, *connection};
}

ServiceError TooManyTags(const json::Object&) {
  return {"LimitExceededException", "A resource can have at most 200 tags."};
}

constexpr TagForm kForm{.find = FindTagged, .too_many = TooManyTags, .most = kMaxTags};

}  // namespace

constinit const Family kTagOperations = kTagOperationsOf<kForm>;

}  // namespace trunkline::cloud::connections
