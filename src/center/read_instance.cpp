// amzconnect-instance/lib/instance-stack/configuration.json: the instance, its storage, and first
// queues.
#include "base/text.h"
#include "center/file_kinds.h"
#include "center/readers.h"

namespace trunkline::center {
namespace {

// Both names get "-<env>-<region>" behind them; what is too long then is said by CheckTarget.
constexpr Pattern kAliasPattern{"(?!d-)[0-9a-zA-Z]+(-*[0-9a-zA-Z])*",
                                "letters, digits and hyphens inside, not beginning with 'd-'"};
constexpr Pattern kBucketPattern{
    "[0-9a-zA-Z][0-9a-zA-Z.-]*[0-9a-zA-Z]",
    "letters, digits, hyphens and periods, as S3 bucket names have them"};

constexpr std::string_view kIdentities[] = {"SAML", "CONNECT_MANAGED", "EXISTING_DIRECTORY"};
// What Connect keeps in S3; the other resource types stream to Kinesis.
constexpr std::string_view kStored[] = {"CALL_RECORDINGS",     "CHAT_TRANSCRIPTS",
                                        "SCHEDULED_REPORTS",   "ATTACHMENTS",
                                        "CONTACT_EVALUATIONS", "SCREEN_RECORDINGS"};
constexpr std::string_view kStorageTypes[] = {"S3"};

constexpr Field kS3Members[] = {
    {.name = "BucketPrefix",
     .summary = "The prefix of the objects in the instance's bucket.",
     .required = true,
     .pattern = &kSomethingPattern},
};
constexpr Field kStorageMembers[] = {
    {.name = "StorageType",
     .summary = "Where it is kept.",
     .required = true,
     .one_of = kStorageTypes},
    {.name = "S3Config",
     .summary = "Where in the bucket it is kept.",
     .kind = Kind::kObject,
     .required = true,
     .members = kS3Members},
};
constexpr Field kStorageConfigMembers[] = {
    {.name = "ResourceType", .summary = "What is kept.", .required = true, .one_of = kStored},
    {.name = "StorageConfig",
     .summary = "Where and how it is kept.",
     .kind = Kind::kObject,
     .required = true,
     .members = kStorageMembers},
};
constexpr Field kStorageConfig{.kind = Kind::kObject, .members = kStorageConfigMembers};

constexpr Field kQueueMembers[] = {
    {.name = "Name",
     .summary = "The queue's name; flows say ${queue:<name>}.",
     .required = true,
     .range = &kNameRange},
    {.name = "Description", .summary = "What the queue is for.", .range = &kDescriptionRange},
};
constexpr Field kQueue{.kind = Kind::kObject, .members = kQueueMembers};

constexpr Field kInstanceMembers[] = {
    {.name = "instanceAlias",
     .summary = "The instance's alias; the instance is named <alias in lower case>-<env>-<region>.",
     .required = true,
     .pattern = &kAliasPattern},
    {.name = "instanceStorageBucketName",
     .summary =
         "The storage bucket's name; the bucket is named <name in lower case>-<env>-<region>.",
     .required = true,
     .pattern = &kBucketPattern},
    {.name = "identityManagementType",
     .summary = "Where users come from; CONNECT_MANAGED unless given, and never changeable.",
     .one_of = kIdentities},
    {.name = "instanceStorageConfig",
     .summary = "What the instance keeps in its bucket.",
     .kind = Kind::kList,
     .element = &kStorageConfig,
     .unique = "ResourceType"},
    {.name = "queuesToAdd",
     .summary = "Queues of the instance; more may stand in amzconnect-admin-objects/queues.",
     .kind = Kind::kList,
     .element = &kQueue},
};

std::vector<StorageConfig> ReadStorage(const Source& source, const json::Object& root) {
  std::vector<StorageConfig> storage;
  for (const json::Value& entry : root.GetArray("instanceStorageConfig")) {
    if (!entry.IsObject()) continue;
    const json::Object& s3 = entry.AsObject().GetObject("StorageConfig").GetObject("S3Config");
    storage.push_back({.resource_type = source.Get(entry.AsObject(), "ResourceType"),
                       .prefix = source.Get(s3, "BucketPrefix")});
  }
  return storage;
}

void ReadQueues(Reading& reading, const Source& source, const json::Object& root) {
  for (const json::Value& entry : root.GetArray("queuesToAdd")) {
    if (!entry.IsObject()) continue;
    reading.center.queues.push_back(
        {.name = source.Get(entry.AsObject(), "Name"),
         .description = std::string(entry.AsObject().GetString("Description")),
         .hours = {std::string(kBasicHours), {}},
         .max_contacts = {},
         .tags = {}});
  }
}

}  // namespace

constinit const Field kInstanceShape{.kind = Kind::kObject, .members = kInstanceMembers};

void ReadInstance(Reading& reading) {
  const std::string path =
      reading.Path("amzconnect-instance/lib/instance-stack/configuration.json");
  if (!reading.files.Exists(path)) return;  // said by CheckTarget, where an instance is needed
  const std::optional<Source> source = Source::Open(reading, path, kInstanceShape);
  if (!source || !source->root().IsObject()) return;
  const json::Object& root = source->root().AsObject();
  reading.center.instance = Instance{
      .alias = source->Get(root, "instanceAlias"),
      .bucket = source->Get(root, "instanceStorageBucketName"),
      .identity_management = source->Get(root, "identityManagementType", "CONNECT_MANAGED"),
      .storage = ReadStorage(*source, root),
      .place = source->PlaceOf(source->root())};
  ReadQueues(reading, *source, root);
}

}  // namespace trunkline::center
