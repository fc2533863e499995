#include "functions/flow_provisioner.h"

#include "tests/deploy/flow_service.h"
#include "tests/functions/handed_over.h"

namespace trunkline::functions::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view kMapping = "acme-dev-eu-central-1-mapping";

class FlowProvisioner : public HandedOver {
 protected:
  FlowProvisioner() : service_(aws_) {
    const json::Object managed{{"trunkline:managed", "true"}};
    service_.AddFlow("Main", "the old content", managed);
    service_.AddFlow("Old", "the last content", managed);
    service_.PutFunction(std::string(kMapping), "7", "old-map");
    WithFlow("Main");
    WithFlow("New");
    aws_.On("s3:PutObject", [this](const json::Object& input) {
      stored_ = input;
      return Result<json::Object>(json::Object());
    });
  }

  void Provision() { EXPECT_TRUE(Invoke("flow-provisioner", Event()).ok()); }
  json::Object Report() { return Invoke("flow-provisioner", Event()).value().AsObject(); }
  std::vector<std::string> Writes() const {
    std::vector<std::string> writes;
    for (const std::string& operation : aws_.operations()) {
      const std::string verb = operation.substr(operation.find(':') + 1, 3);
      const bool reads = verb == "Lis" || verb == "Get" || verb == "Des" || verb == "Sea" ||
                         verb == "Hea" || operation == "s3:PutObject";
      if (!reads) writes.push_back(operation);
    }
    return writes;
  }

  deploy::tests::FlowService service_;
  json::Object stored_;
};

TEST_F(FlowProvisioner, DeliversTheFlowsAndSetsAsideWhatIsGone) {
  const json::Object report = Report();

  EXPECT_TRUE(report.GetBool("ok")) << report.GetString("message");
  EXPECT_THAT(service_.Names(), ElementsAre("Main", "New", "z_Old"));
  EXPECT_EQ(service_.LiveVersion(), "8");
}

TEST_F(FlowProvisioner, ReportsAndStoresWhatItChanged) {
  const json::Object report = Report();

  EXPECT_EQ(report.GetString("message"),
            "contact-flows to 'dev' in eu-central-1 at 0123abc: 4 changed, 1 unchanged\n"
            "  ok create flow 'New'\n"
            "  ok update flow 'Main' (not applied completely before)\n"
            "  ok set aside flow 'Old' as 'z_Old' (is in the monorepo no more)\n"
            "  ok update mapping 'mapping' (there are new names)\n");
  EXPECT_EQ(report.GetArray("changes").size(), 4U);
  EXPECT_EQ(stored_.GetString("Key"), "center.zip.report.json");
  EXPECT_EQ(json::Parse(stored_.GetString("Body"))->AsObject(), report);
}

TEST_F(FlowProvisioner, ChangesNothingTheSecondTime) {
  Provision();
  aws_.Forget();

  const json::Object report = Report();

  EXPECT_THAT(report.GetString("message"), HasSubstr("nothing to change"));
  EXPECT_THAT(Writes(), IsEmpty());
}

TEST_F(FlowProvisioner, WritesNothingWhenAFlowIsWrong) {
  WithFlow("Bad", R"({\"Identifier\":\"a\",\"Type\":\"NoSuchBlock\",\"Parameters\":{},)"
                  R"(\"Transitions\":{\"NextAction\":\"end\"}},)");

  const json::Object report = Report();

  EXPECT_FALSE(report.GetBool("ok"));
  EXPECT_THAT(report.GetString("message"), HasSubstr("not started, nothing was changed"));
  EXPECT_THAT(report.GetString("message"), HasSubstr("NoSuchBlock"));
  EXPECT_THAT(Writes(), IsEmpty());
}

TEST_F(FlowProvisioner, WritesNothingWhenAQueueIsNotThereYet) {
  With("amzconnect-admin-objects/queues/Sales.json", R"({"Name": "Sales"})");
  WithFlow("Sells", SetsQueue("Sales"));

  const json::Object report = Report();

  EXPECT_FALSE(report.GetBool("ok"));
  EXPECT_THAT(
      report.GetString("message"),
      HasSubstr("flow 'Sells' needs queue 'Sales', which is not there yet in eu-central-1"));
  EXPECT_THAT(report.GetString("message"), HasSubstr("deliver project 'instance' first"));
  EXPECT_THAT(Writes(), IsEmpty());
}

TEST_F(FlowProvisioner, PutsTheOldStateBackWhenACallFails) {
  const std::string before = service_.ToText();
  aws_.Fails("lambda:PublishVersion", "CodeStorageExceededException", "the account is full");

  const json::Object report = Report();

  EXPECT_FALSE(report.GetBool("ok"));
  EXPECT_EQ(service_.ToText(), before);
  EXPECT_THAT(report.GetArray("changes"), IsEmpty());
  EXPECT_THAT(report.GetString("message"), HasSubstr("failed, so it was rolled back"));
  EXPECT_THAT(report.GetString("message"), HasSubstr("the account is full"));
  EXPECT_THAT(report.GetString("message"), HasSubstr("put back after: update flow 'Main'"));
}

TEST_F(FlowProvisioner, SaysWhatItCouldNotPutBack) {
  service_.RefuseContent("the old content");
  aws_.Fails("lambda:PublishVersion", "CodeStorageExceededException", "the account is full");

  const json::Object report = Report();

  ASSERT_EQ(report.GetArray("notRestored").size(), 1U);
  EXPECT_THAT(report.GetString("message"), HasSubstr("NOT put back after: update flow 'Main'"));
}

TEST_F(FlowProvisioner, IsThrottledAtAnyCallAndStillDone) {
  Provision();
  const std::size_t calls = aws_.calls().size();
  for (std::size_t number = 0; number < calls; ++number) {
    SCOPED_TRACE(number);
    service_.Reset();
    service_.ThrottleAt(number);

    EXPECT_TRUE(Report().GetBool("ok")) << service_.failed();
  }
}

TEST_F(FlowProvisioner, FailsAtAnyCallWithoutAHalfInstance) {
  const std::string before = service_.ToText();
  Provision();
  const std::string after = service_.ToText();
  const std::size_t calls = aws_.calls().size();
  for (std::size_t number = 0; number < calls; ++number) {
    SCOPED_TRACE(number);
    service_.Reset();
    service_.FailAt(number);

    const json::Object report = Report();

    EXPECT_EQ(service_.ToText(), report.GetBool("ok") ? after : before) << service_.failed();
  }
}

// What a crash leaves, at any moment: nothing is answered any more, so nothing is put back.
TEST_F(FlowProvisioner, IsFinishedByTheNextRunAfterACrashAnywhere) {
  Provision();
  const std::string after = service_.ToText();
  const std::size_t calls = aws_.calls().size();
  for (std::size_t number = 0; number < calls; ++number) {
    SCOPED_TRACE(number);
    service_.Reset();
    service_.StopAt(number);
    Provision();
    service_.Continue();

    const json::Object report = Report();

    EXPECT_TRUE(report.GetBool("ok")) << report.GetString("message");
    EXPECT_EQ(service_.Names(), std::vector<std::string>({"Main", "New", "z_Old"}));
    service_.Continue();
    EXPECT_THAT(Report().GetString("message"), HasSubstr("nothing to change"));
  }
}

TEST_F(FlowProvisioner, RefusesAnotherAccountsEnvironment) {
  aws_.On("sts:GetCallerIdentity", json::Object{{"Account", "999999999999"}});

  EXPECT_THAT(
      Report().GetString("message"),
      HasSubstr("this function is in account 999999999999, but environment 'dev' is account "
                "111122223333"));
  EXPECT_THAT(Writes(), IsEmpty());
}

TEST_F(FlowProvisioner, SaysWhatTheEventLacks) {
  json::Object event = Event();
  event.Remove("environment");

  const auto answer = Invoke("flow-provisioner", json::Value(std::move(event)));

  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().message(),
            "the event has no 'environment'; expected {\"bucket\", \"key\", \"environment\", "
            "\"commit\"}");
}

TEST_F(FlowProvisioner, AnswersTheReportThatItCouldNotStore) {
  aws_.Fails("s3:PutObject", "AccessDenied", "not yours");

  const json::Object report = Report();

  EXPECT_TRUE(report.GetBool("ok"));
  EXPECT_EQ(report.GetObject("reportError").GetString("message"), "not yours");
}

}  // namespace
}  // namespace trunkline::functions::tests
