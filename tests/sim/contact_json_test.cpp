// A contact and its events as JSON.
#include "sim/contact_json.h"

#include <gmock/gmock.h>

#include "sim/rehearsal.h"
#include "tests/sim/acme.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class ContactJson : public testing::Test {
 protected:
  ContactJson()
      : rehearsal_(std::make_shared<const World>(AcmeWorld()), AcmeCall(), AcmeStandIns()) {}

  std::string MessageOf(const json::Object& event) const {
    const auto read = ReadEvent(event, rehearsal_.contact());
    return read ? "no error" : read.error().message();
  }

  Rehearsal rehearsal_;
};

TEST_F(ContactJson, SilenceIsTheFirstTimersTime) {
  rehearsal_.Give(Started{});

  const auto event = ReadEvent({{"silence", true}}, rehearsal_.contact());

  ASSERT_TRUE(event.ok());
  EXPECT_EQ(std::get<TimerFired>(*event).timer, rehearsal_.contact().needs().timer);
}

TEST_F(ContactJson, SilenceIsRefusedWhereNoTimeMatters) {
  const auto event = ReadEvent({{"silence", true}}, rehearsal_.contact());

  ASSERT_FALSE(event.ok());
  EXPECT_EQ(event.error().kind(), ErrorKind::kConflict);
}

TEST_F(ContactJson, WhatIsNoEventIsSaid) {
  EXPECT_EQ(MessageOf({{"sya", "sales"}}), "'sya' is not known here: did you mean 'say'?");
  EXPECT_EQ(MessageOf({}), "expected one event, such as {\"say\": \"sales\"}, but got 0");
  EXPECT_EQ(MessageOf({{"say", 1}}), "expected a string in 'say' but got a number");
  EXPECT_EQ(MessageOf({{"hangup", false}}), "expected true in 'hangup'");
  EXPECT_EQ(MessageOf({{"advance", -1}}),
            "expected milliseconds from 0 on in 'advance' but got a number");
}

TEST_F(ContactJson, ProgressHoldsWhatHappenedSince) {
  rehearsal_.Give(Started{});
  const std::size_t before = rehearsal_.transcript().lines.size();
  rehearsal_.Give(CallerSaid{"the weather"});

  const json::Object progress = Progress(rehearsal_.contact(), rehearsal_.transcript(), before);

  EXPECT_EQ(progress.GetArray("lines").front().AsObject().GetString("Text"), "the weather");
  EXPECT_THAT(progress.GetArray("waitsFor"),
              ElementsAre(json::Value("speech"), json::Value("keys"), json::Value("time")));
  EXPECT_EQ(progress.GetInt("timer"), 3000);
  EXPECT_THAT(progress.GetArray("lines"), SizeIs(rehearsal_.transcript().lines.size() - before));
}

TEST_F(ContactJson, StandingIsWhereItIs) {
  EXPECT_EQ(Standing(rehearsal_.contact()),
            (json::Object{{"phase", "new"}, {"now", "2026-11-22T09:30:00Z"}, {"ended", false}}));
}

}  // namespace
}  // namespace trunkline::sim::tests
