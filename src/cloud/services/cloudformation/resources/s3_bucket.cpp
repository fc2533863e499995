// AWS::S3::Bucket.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/s3_bucket_forms.h"

namespace trunkline::cloud::cloudformation {
namespace {

// Tags are always put as a whole: what was there is not told.
void AddTagging(const ResourceOrder& order, json::Object& properties) {
  if (&properties == &order.previous) return;
  json::Object tags = ReadTags(order.tags);
  if (const json::Value* own = properties.Find("Tags")) {
    for (const json::Member& tag : ReadTags(*own)) tags.Set(tag.key, tag.value);
  }
  json::Array set;
  for (const json::Member& tag : tags)
    set.push_back(json::Object{{"Key", tag.key}, {"Value", tag.value}});
  if (set.empty()) return;
  json::Object tagging;
  tagging.Set("TagSet", std::move(set));
  properties.Set("Tagging", std::move(tagging));
}

// Told when the bucket is made: an access control list needs an owner who does not enforce.
void AddOwnership(json::Object& properties) {
  const json::Array& rules = properties.GetObject("OwnershipControls").GetArray("Rules");
  if (rules.empty() || !rules.front().IsObject()) return;
  const json::Value* ownership = rules.front().AsObject().Find("ObjectOwnership");
  if (ownership) properties.Set("ObjectOwnership", json::Value(*ownership));
}

Answer<void> PrepareBucket(const WaitContext& context, const ResourceOrder& order,
                           json::Object& properties) {
  AddTagging(order, properties);
  AddOwnership(properties);
  if (context.region() != "us-east-1") {
    json::Object place;
    place.Set("LocationConstraint", context.region());
    properties.Set("CreateBucketConfiguration", std::move(place));
  }
  if (properties.Has("LifecycleConfiguration")) {
    properties.Set("LifecycleConfiguration",
                   LifecycleForm(properties.GetObject("LifecycleConfiguration")));
  }
  if (properties.Has("NotificationConfiguration")) {
    properties.Set("NotificationConfiguration",
                   NotificationForm(properties.GetObject("NotificationConfiguration")));
  }
  if (properties.Has("WebsiteConfiguration")) {
    properties.Set("WebsiteConfiguration",
                   WebsiteForm(properties.GetObject("WebsiteConfiguration")));
  }
  const std::string_view bucket =
      order.physical_id.empty() ? properties.GetString("BucketName") : order.physical_id;
  json::Object logging;
  if (properties.Has("LoggingConfiguration"))
    logging = LoggingForm(properties.GetObject("LoggingConfiguration"), bucket);
  properties.Set("BucketLoggingStatus", std::move(logging));
  return {};
}

void AddNames(const WaitContext& context, const ResourceOrder& order, json::Object& known) {
  const std::string& bucket = order.physical_id;
  if (bucket.empty()) return;
  const std::string& region = context.region();
  const bool dash = region == "us-east-1" || region == "us-west-2" || region == "eu-west-1";
  known.Set("BucketName", bucket);
  known.Set("Arn", fmt::format("arn:aws:s3:::{}", bucket));
  known.Set("DomainName", fmt::format("{}.s3.amazonaws.com", bucket));
  known.Set("DualStackDomainName", fmt::format("{}.s3.dualstack.{}.amazonaws.com", bucket, region));
  known.Set("RegionalDomainName", fmt::format("{}.s3.{}.amazonaws.com", bucket, region));
  known.Set("WebsiteURL", fmt::format("http://{}.s3-website{}{}.amazonaws.com", bucket,
                                      dash ? '-' : '.', region));
}

constexpr auto kProperties = Properties<
    "AccessControl~ BucketEncryption BucketName^ CorsConfiguration LifecycleConfiguration "
    "LoggingConfiguration~ NotificationConfiguration OwnershipControls "
    "PublicAccessBlockConfiguration Tags VersioningConfiguration AccelerateConfiguration "
    "ReplicationConfiguration WebsiteConfiguration ObjectLockConfiguration "
    "ObjectLockEnabled^">();

constexpr auto kAttributes = Words<
    "Arn DomainName DualStackDomainName "
    "MetadataConfiguration.InventoryTableConfiguration.TableArn "
    "MetadataConfiguration.InventoryTableConfiguration.TableName "
    "MetadataConfiguration.JournalTableConfiguration.TableArn "
    "MetadataConfiguration.JournalTableConfiguration.TableName "
    "MetadataTableConfiguration.S3TablesDestination.TableArn "
    "MetadataTableConfiguration.S3TablesDestination.TableNamespace RegionalDomainName "
    "WebsiteURL MetadataConfiguration.Destination">();

constexpr Name kNames[] = {
    {"BucketName", "Bucket"},
    {"AccessControl", "ACL"},
    {"BucketEncryption", "ServerSideEncryptionConfiguration"},
    {"ServerSideEncryptionConfiguration", "Rules"},
    {"ServerSideEncryptionByDefault", "ApplyServerSideEncryptionByDefault"},
    {"ExposedHeaders", "ExposeHeaders"},
    {"MaxAge", "MaxAgeSeconds"},
    {"AccelerationStatus", "Status"},
    {"ObjectLockEnabled", "ObjectLockEnabledForBucket"},
};

constexpr Change kChanges[] = {
    {.operation = "PutBucketTagging", .properties = "Tagging", .removal = "DeleteBucketTagging"},
    {.operation = "PutPublicAccessBlock",
     .properties = "PublicAccessBlockConfiguration",
     .removal = "DeletePublicAccessBlock"},
    {.operation = "PutBucketOwnershipControls",
     .properties = "OwnershipControls",
     .removal = "DeleteBucketOwnershipControls"},
    {"PutBucketAcl", "AccessControl"},
    {.operation = "PutBucketVersioning", .properties = "VersioningConfiguration"},
    {.operation = "PutBucketEncryption",
     .properties = "BucketEncryption",
     .removal = "DeleteBucketEncryption"},
    {.operation = "PutBucketCors",
     .properties = "CorsConfiguration",
     .removal = "DeleteBucketCors"},
    {.operation = "PutBucketLifecycleConfiguration",
     .properties = "LifecycleConfiguration",
     .removal = "DeleteBucketLifecycle"},
    {.operation = "PutBucketLogging", .properties = "LoggingConfiguration BucketLoggingStatus"},
    {.operation = "PutBucketNotificationConfiguration", .properties = "NotificationConfiguration"},
    {.operation = "PutBucketReplication",
     .properties = "ReplicationConfiguration",
     .removal = "DeleteBucketReplication"},
    {.operation = "PutBucketAccelerateConfiguration", .properties = "AccelerateConfiguration"},
    {.operation = "PutObjectLockConfiguration", .properties = "ObjectLockConfiguration"},
    {.operation = "PutBucketWebsite",
     .properties = "WebsiteConfiguration",
     .removal = "DeleteBucketWebsite"},
};

constexpr Reading kReadings[] = {
    {"BucketEncryption", "GetBucketEncryption", "ServerSideEncryptionConfiguration"},
    {"VersioningConfiguration", "GetBucketVersioning", ""},
    {"Tags", "GetBucketTagging", "TagSet"},
    {"PublicAccessBlockConfiguration", "GetPublicAccessBlock", "PublicAccessBlockConfiguration"},
    {"OwnershipControls", "GetBucketOwnershipControls", "OwnershipControls"},
    {"CorsConfiguration", "GetBucketCors", ""},
    {"LifecycleConfiguration", "GetBucketLifecycleConfiguration", ""},
    {"NotificationConfiguration", "GetBucketNotificationConfiguration", ""},
};

constexpr Fallback kFallbacks[] = {
    {"VersioningConfiguration", R"({"Status": "Suspended"})"},
    {"NotificationConfiguration", R"({})"},
    {"AccessControl", R"("private")"},
};

constexpr Mapping kMapping{
    .type = "AWS::S3::Bucket",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "s3",
    .create = "CreateBucket",
    .describe = "HeadBucket",
    .remove = "DeleteBucket",
    .changes = kChanges,
    .readings = kReadings,
    .id = "Bucket",
    .names = kNames,
    .fallbacks = kFallbacks,
    .naming = {.property = "BucketName", .limit = 63, .lower_case = true},
    .prepare = PrepareBucket,
    .complete = AddNames,
};

}  // namespace

constinit const ResourceType kS3BucketType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
