// Configurations of which a bucket has several, by id: metrics, analytics, inventory, intelligent
// tiering. They are kept and given back; nothing here counts, reports or moves objects.
#include "base/text.h"
#include "cloud/list_token.h"
#include "cloud/operation_names.h"
#include "cloud/services/s3/bucket.h"
#include "cloud/services/s3/families.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr std::size_t kMostOfAKind = 1000;
constexpr std::size_t kPage = 100;
constexpr int kNoContent = 204;

struct ConfigurationKind {
  std::string_view kind;    // the begin of the key they are kept under
  std::string_view member;  // of inputs and answers; a list's has "List" behind
  bool silent = false;      // a put is answered with 204
};

constexpr ConfigurationKind kAnalytics{.kind = "analytics", .member = "AnalyticsConfiguration"};
constexpr ConfigurationKind kInventory{
    .kind = "inventory", .member = "InventoryConfiguration", .silent = true};
constexpr ConfigurationKind kMetrics{
    .kind = "metrics", .member = "MetricsConfiguration", .silent = true};
constexpr ConfigurationKind kTiering{.kind = "tiering",
                                     .member = "IntelligentTieringConfiguration"};

std::string NameOf(const ConfigurationKind& row, std::string_view id) {
  return fmt::format("{}/{}", row.kind, id);
}

template <const ConfigurationKind& row>
std::vector<const Record*> All(Context& context, const std::string& bucket) {
  std::vector<const Record*> all;
  const std::string begin = NameOf(row, "");
  context.store.Scan(Context::GlobalScope(), kDocument, bucket, begin, [&](const Record& one) {
    if (!one.name.starts_with(begin)) return false;
    all.push_back(&one);
    return true;
  });
  return all;
}

template <const ConfigurationKind& row>
Answer<> Put(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  const json::Object& document = input.GetObject(row.member);
  const std::string id(input.GetString("Id"));
  if (document.GetString("Id") != id) return S3Error(Fault::kMalformedXml);
  const std::string name = NameOf(row, id);
  if (!FindDocument(context, bucket->id, name) &&
      All<row>(context, bucket->id).size() >= kMostOfAKind) {
    return ServiceError("TooManyConfigurations",
                        "You are attempting to create a new configuration but have already reached "
                        "the 1,000-configuration limit.")
        .WithStatus(400);
  }
  PutDocument(context, bucket->id, name, document);
  if (row.silent) context.reply.status = kNoContent;
  return json::Object();
}

template <const ConfigurationKind& row>
Answer<> Get(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  const Record* found = FindDocument(context, bucket->id, NameOf(row, input.GetString("Id")));
  if (!found) return S3Error(Fault::kNoSuchConfiguration);
  return json::Object{{std::string(row.member), found->body}};
}

template <const ConfigurationKind& row>
Answer<> Delete(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  if (!DeleteDocument(context, bucket->id, NameOf(row, input.GetString("Id"))))
    return S3Error(Fault::kNoSuchConfiguration);
  return json::Object();
}

template <const ConfigurationKind& row>
Answer<> List(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  const std::string listing = fmt::format("{} {}", row.member, bucket->id);
  const std::string_view token = input.GetString("ContinuationToken");
  std::string after;
  if (!token.empty()) {
    const auto last = ReadListToken(listing, token);
    if (!last)
      return S3Error(Fault::kInvalidArgument, "The continuation token provided is incorrect");
    after = *last;
  }
  json::Array shown;
  json::Object answer{{"IsTruncated", false}};
  answer.SetIfNotEmpty("ContinuationToken", token);
  std::string last;
  for (const Record* one : All<row>(context, bucket->id)) {
    if (one->name <= after) continue;
    if (shown.size() == kPage) {
      answer.Set("IsTruncated", true);
      answer.Set("NextContinuationToken", MakeListToken(listing, last));
      break;
    }
    last = one->name;
    shown.push_back(one->body);
  }
  if (!shown.empty()) answer.Set(fmt::format("{}List", row.member), std::move(shown));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DeleteBucketAnalyticsConfiguration", .handle = Delete<kAnalytics>},
    {.name = "DeleteBucketIntelligentTieringConfiguration", .handle = Delete<kTiering>},
    {.name = "DeleteBucketInventoryConfiguration", .handle = Delete<kInventory>},
    {.name = "DeleteBucketMetricsConfiguration", .handle = Delete<kMetrics>},
    {.name = "GetBucketAnalyticsConfiguration", .handle = Get<kAnalytics>},
    {.name = "GetBucketIntelligentTieringConfiguration", .handle = Get<kTiering>},
    {.name = "GetBucketInventoryConfiguration", .handle = Get<kInventory>},
    {.name = "GetBucketMetricsConfiguration", .handle = Get<kMetrics>},
    {.name = "ListBucketAnalyticsConfigurations", .handle = List<kAnalytics>},
    {.name = "ListBucketIntelligentTieringConfigurations", .handle = List<kTiering>},
    {.name = "ListBucketInventoryConfigurations", .handle = List<kInventory>},
    {.name = "ListBucketMetricsConfigurations", .handle = List<kMetrics>},
    {.name = "PutBucketAnalyticsConfiguration", .handle = Put<kAnalytics>},
    {.name = "PutBucketIntelligentTieringConfiguration", .handle = Put<kTiering>},
    {.name = "PutBucketInventoryConfiguration", .handle = Put<kInventory>},
    {.name = "PutBucketMetricsConfiguration", .handle = Put<kMetrics>},
};
static_assert(NamesInOrder(kOperations));

}  // namespace

constinit const Family kConfigurationOperations = kOperations;

}  // namespace trunkline::cloud::s3
