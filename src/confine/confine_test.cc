#include "confine/confine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "base/format.h"
#include "confine/sanitized.h"

namespace gavah::confine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Result<void> echo(std::string_view request, Inside& inside) {
  GAVAH_ASSIGN(const std::string all, inside.input().read({0, inside.input().size()}));
  GAVAH_TRY(inside.emit(request));
  return inside.emit(all);
}

Result<void> count_letters(std::string_view, Inside& inside) {
  std::uint64_t letters = 0;
  constexpr std::uint64_t kPiece = 1000;
  for (std::uint64_t at = 0; at < inside.input().size(); at += kPiece) {
    GAVAH_ASSIGN(const std::string some, inside.input().read({at, std::min(inside.input().size(), at + kPiece)}));
    letters += static_cast<std::uint64_t>(std::ranges::count(some, 'x'));
  }
  return inside.emit(format("{}", letters));
}

/// How often this process was asked.
Result<void> count_calls(std::string_view, Inside& inside) {
  static int calls = 0;
  return inside.emit(format("{}", ++calls));
}

Result<void> refuse(std::string_view, Inside&) {
  const Error error{ErrorCode::fatal, "this is no table", {"reading a row"}};
  return std::unexpected(error);
}

Result<void> take_memory(std::string_view, Inside& inside) {
  std::vector<std::string> held;
  for (int i = 0; i < 100; ++i) held.emplace_back().reserve(64U << 20U);
  return inside.emit(format("{}", held.size()));
}

Result<void> loop(std::string_view, Inside&) {
  for (;;) asm volatile("");
}

Result<void> crash(std::string_view request, Inside& inside) {
  GAVAH_TRY(inside.emit("half of it"));
  if (request == "stack") {
    volatile char deep[1U << 16U];
    deep[0] = 's';
    GAVAH_TRY(crash(request, inside));
    return inside.emit(std::string(1, deep[0]));
  }
  std::abort();
}

Result<void> flood(std::string_view, Inside& inside) {
  const std::string piece(1U << 20U, 'f');
  for (;;) GAVAH_TRY(inside.emit(piece));
}

int items_here = 0;
Result<void> crash_later(std::string_view, Inside& inside) {
  if (++items_here == 2) std::abort();
  return inside.emit(format("{}", items_here));
}

Result<void> look_around(std::string_view, Inside& inside) {
  GAVAH_TRY(inside.emit(std::getenv("PATH") == nullptr ? "no environment" : "an environment"));
  int open = 0;
  for (int i = 0; i < 64; ++i) open += ::write(i, "", 0) == 0 ? 1 : 0;
  return inside.emit(format("{} descriptors", open));
}

Workers& workers() {
  static const auto made = Workers::start({{"echo", echo},
                                           {"count", count_letters},
                                           {"refuse", refuse},
                                           {"memory", take_memory},
                                           {"loop", loop},
                                           {"crash", crash},
                                           {"flood", flood},
                                           {"crash later", crash_later},
                                           {"look", look_around}},
                                          {.wait_ms = 300, .answer_bytes = 8U << 20U});
  EXPECT_TRUE(made) << made.error().sentence();
  return **made;
}

struct Told {
  Result<Outcome> outcome;
  std::vector<std::string> messages;
  std::string lost() const { return outcome && outcome->lost ? *outcome->lost : std::string(); }
};

Told run(std::string_view task, std::string_view request, std::string_view input) {
  Told out;
  out.outcome = workers().run(task, request, MemorySource(input),
                              {[&](std::string_view message) -> Result<void> {
                                 out.messages.emplace_back(message.substr(0, 64));
                                 return {};
                               },
                               [&] { out.messages.clear(); }});
  return out;
}

TEST(Confine, AWorkerGetsItsInputAndAnswersInOrder) {
  const Told told = run("echo", "question", "input");
  ASSERT_TRUE(told.outcome) << told.outcome.error().sentence();
  EXPECT_FALSE(told.outcome->lost) << told.lost();
  EXPECT_THAT(told.messages, ElementsAre("question", "input"));
}

TEST(Confine, AnInputLongerThanAMessageIsReadWhole) {
  std::string input;
  input.resize(9'000'000, 'x');
  input[5'000'000] = 'y';
  EXPECT_THAT(run("count", "", input).messages, ElementsAre("8999999"));
  const Told whole = run("echo", "", input);
  EXPECT_THAT(whole.lost(), HasSubstr("answers with more than"));
  EXPECT_THAT(run("echo", "", input.substr(0, 7'000'000)).messages.size(), 2U);
}

TEST(Confine, AWorkerThatDidOneTaskDoesNoOther) {
  const auto made = Workers::start({{"one", count_calls}, {"other", count_calls}});
  ASSERT_TRUE(made) << made.error().sentence();
  const auto calls = [&](std::string_view task) {
    std::string answer;
    const auto done = (*made)->run(task, {}, MemorySource("x"), {[&](std::string_view message) -> Result<void> {
                                     answer = message;
                                     return {};
                                   }});
    EXPECT_TRUE(done && !done->lost);
    return answer;
  };
  EXPECT_EQ(calls("one"), "1");
  EXPECT_EQ(calls("one"), "2");
  EXPECT_EQ(calls("other"), "1");
  EXPECT_EQ(calls("one"), "3");
}

TEST(Confine, TheErrorOfATaskComesBackButStopsNothing) {
  const Told told = run("refuse", "", "");
  ASSERT_FALSE(told.outcome);
  EXPECT_EQ(told.outcome.error().code, ErrorCode::invalid_input);
  EXPECT_EQ(told.outcome.error().sentence(), "reading a row: this is no table");
}

TEST(Confine, AWorkerThatBreaksDownIsNoError) {
  for (const std::string how : {"abort", "stack"}) {
    const Told told = run("crash", how, "");
    ASSERT_TRUE(told.outcome) << told.outcome.error().sentence();
    EXPECT_THAT(told.lost(), HasSubstr("broke down"));
  }
  EXPECT_THAT(run("echo", "a", "b").messages, ElementsAre("a", "b"));
}

TEST(Confine, AWorkerThatTakesTooLongIsEnded) {
  const Told told = run("loop", "", "");
  EXPECT_THAT(told.lost(), HasSubstr("more time"));
}

TEST(Confine, AWorkerThatAnswersWithoutEndIsEnded) {
  const Told told = run("flood", "", "");
  EXPECT_THAT(told.lost(), HasSubstr("answers with more than"));
}

TEST(Confine, AWorkerThatTakesTooMuchMemoryIsEnded) {
  if (kSanitized) GTEST_SKIP() << "sanitizers reserve the address space, so it has no limit there";
  const Told told = run("memory", "", "");
  EXPECT_THAT(told.lost(), HasSubstr("more memory"));
}

TEST(Confine, AnItemPaysNothingForTheOneBefore) {
  for (int i = 0; i < 6; ++i) {
    const Told told = run("crash later", "", "");
    ASSERT_TRUE(told.outcome);
    EXPECT_THAT(told.messages, ElementsAre("1")) << told.lost();
  }
}

TEST(Confine, AFailingInputIsToldAsItWas) {
  class Broken final : public ByteSource {
   public:
    std::uint64_t size() const override { return 1'000'000; }
    Result<std::string> read(ByteRange range) const override {
      if (range.end > 900'000) return fail(ErrorCode::unavailable, "the disk is gone");
      return std::string(range.size(), 'x');
    }
  };
  const auto outcome = workers().run("count", "", Broken(), {[](std::string_view) -> Result<void> { return {}; }});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::unavailable);
  EXPECT_EQ(outcome.error().message, "the disk is gone");
}

TEST(Confine, AFailingTakerIsToldAsItWas) {
  const auto outcome =
      workers().run("echo", "a", MemorySource("b"),
                    {[](std::string_view) -> Result<void> { return fail(ErrorCode::fatal, "no room"); }});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::fatal);
}

TEST(Confine, AWorkerHasNoEnvironmentAndOneDescriptor) {
  EXPECT_THAT(run("look", "", "").messages, ElementsAre("no environment", "1 descriptors"));
}

TEST(Confine, ManyThreadsGetTheirOwnAnswers) {
  workers();
  std::vector<std::string> answers(200);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = t; i < answers.size(); i += 4) {
        const std::string input = format("item {}", i);
        const auto done =
            workers().run("echo", "", MemorySource(input), {[&](std::string_view message) -> Result<void> {
                            answers[i] += message;
                            return {};
                          }});
        if (!done) answers[i] = done.error().sentence();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (std::size_t i = 0; i < answers.size(); ++i) EXPECT_EQ(answers[i], format("item {}", i));
}

TEST(Confine, SaysWhatHolds) {
  EXPECT_GE(workers().protection().landlock_abi, 1U);
  EXPECT_THAT(workers().protection().sentence(), HasSubstr("seccomp, Landlock"));
}

TEST(Flat, GivesBackWhatWasWritten) {
  FlatWriter out;
  out.number(0).number(127).number(128).number(~0ULL).text("گواه").signed_number(-1).signed_number(INT64_MIN);
  FlatReader in(out.str());
  EXPECT_EQ(in.number(), 0U);
  EXPECT_EQ(in.number(), 127U);
  EXPECT_EQ(in.number(), 128U);
  EXPECT_EQ(in.number(), ~0ULL);
  EXPECT_EQ(in.text(), "گواه");
  EXPECT_EQ(in.signed_number(), -1);
  EXPECT_EQ(in.signed_number(), INT64_MIN);
  EXPECT_TRUE(in.at_end());
}

TEST(Flat, EveryPrefixIsRefused) {
  FlatWriter out;
  out.number(300).text("some words").number(~0ULL);
  for (std::size_t size = 0; size < out.str().size(); ++size) {
    FlatReader in(std::string_view(out.str()).substr(0, size));
    in.number();
    in.text();
    in.number();
    EXPECT_FALSE(in.ok()) << size;
  }
}

TEST(Flat, LengthsAndNumbersThatLieAreRefused) {
  FlatReader eleven("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
  eleven.number();
  EXPECT_FALSE(eleven.ok());
  FlatReader too_many(
      "\x05"
      "abcd");
  EXPECT_EQ(too_many.count(), 0U);
  EXPECT_FALSE(too_many.ok());
  FlatReader beyond("\x03");
  EXPECT_EQ(beyond.below(3), 0U);
  EXPECT_FALSE(beyond.ok());
}

}  // namespace
}  // namespace gavah::confine
