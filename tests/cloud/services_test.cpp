#include "cloud/services.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include <gmock/gmock.h>

#include "aws/model.h"
#include "cloud/admin.h"
#include "cloud/identify.h"
#include "cloud/job_kinds.h"
#include "tests/support/shared_data.h"

namespace trunkline::cloud {
namespace {

using ::testing::IsEmpty;

std::vector<std::string> ServiceModels() {
  std::vector<std::string> names;
  for (const Service* service : AllServices()) names.emplace_back(service->model);
  return names;
}

class EachService : public ::testing::TestWithParam<std::string> {
 protected:
  const Service& service() const {
    for (const Service* service : AllServices()) {
      if (service->model == GetParam()) return *service;
    }
    throw std::out_of_range(GetParam());
  }
  aws::Models models_;
};

INSTANTIATE_TEST_SUITE_P(Services, EachService, ::testing::ValuesIn(ServiceModels()),
                         [](const auto& row) {
                           std::string name = row.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST_P(EachService, HasAModelRowForEveryHandler) {
  const aws::Model* model = models_.Find(GetParam());
  ASSERT_NE(model, nullptr) << "models/" << GetParam() << ".json is missing";
  std::vector<std::string> without;

  for (const Family* family : service().families) {
    for (const Operation& operation : *family) {
      const aws::OperationRow* row = model->FindOperation(operation.name);
      if (!row || !row->implemented) without.emplace_back(operation.name);
    }
  }

  EXPECT_THAT(without, IsEmpty());
}

TEST_P(EachService, HasEveryOperationOnce) {
  std::set<std::string_view> seen;
  std::vector<std::string> twice;

  for (const Family* family : service().families) {
    for (const Operation& operation : *family) {
      if (!seen.insert(operation.name).second) twice.emplace_back(operation.name);
    }
  }

  EXPECT_THAT(twice, IsEmpty());
}

TEST_P(EachService, HasOneHandlerForEachOperation) {
  for (const Family* family : service().families) {
    for (const Operation& operation : *family)
      EXPECT_NE(operation.handle == nullptr, operation.wait == nullptr) << operation.name;
  }
}

TEST_P(EachService, IsKnownToTheGateway) {
  std::set<std::string_view> known;
  for (const ServiceName& name : AllServiceNames()) known.insert(name.model);

  EXPECT_TRUE(known.contains(GetParam())) << "add a row to kServiceNames in cloud/identify.cpp";
}

// "lexv2-models" lives in lexv2_models; the two names of one service, codeconnections and
// codestar-connections, in one folder.
std::string FolderOf(const Service& service) {
  std::string name(service.model);
  if (name == "codeconnections" || name == "codestar-connections") return "connections";
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

TEST(Services, AreAllListed) {
  std::set<std::string> listed;
  for (const Service* service : AllServices()) listed.insert(FolderOf(*service));

  for (const auto& folder : std::filesystem::directory_iterator(::trunkline::tests::SourceFolder() +
                                                                "/src/cloud/services")) {
    const std::string name = folder.path().filename().string();
    EXPECT_TRUE(listed.contains(name))
        << "services/" << name << " is not listed: add it to TL_CLOUD_SERVICES in cloud/services.h";
  }
}

TEST(ServiceNames, SayWhatTheModelsSay) {
  const aws::Models models;

  for (const ServiceName& name : AllServiceNames()) {
    const aws::Model* model = models.Find(name.model);
    ASSERT_NE(model, nullptr) << name.model;
    const bool query = model->protocol == aws::Protocol::kQuery;
    EXPECT_EQ(name.signing, model->signing_name) << name.model;
    EXPECT_EQ(name.target, model->target_prefix) << name.model;
    EXPECT_EQ(name.version, query ? model->version : "") << name.model;
  }
}

TEST(ServiceNames, NameEveryModel) {
  std::set<std::string> named;
  for (const ServiceName& name : AllServiceNames()) named.emplace(name.model);

  for (const std::string& model : aws::Models().names())
    EXPECT_TRUE(named.contains(model)) << model;
}

TEST(JobKinds, HaveNamesOfTheirOwnAndOneHandler) {
  std::set<std::string_view> names;

  for (const JobKind* kind : AllJobKinds()) {
    EXPECT_TRUE(names.insert(kind->name).second) << kind->name;
    EXPECT_NE(kind->run == nullptr, kind->wait == nullptr) << kind->name;
  }
}

TEST(AdminRoutes, LieBelowTheRoot) {
  for (const AdminRoute* route : AllAdminRoutes())
    EXPECT_TRUE(IsAdminPath(route->prefix)) << route->prefix;
  EXPECT_FALSE(IsAdminPath("/_trunklines/health"));
}

}  // namespace
}  // namespace trunkline::cloud
