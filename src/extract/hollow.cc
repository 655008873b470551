#include "extract/hollow.h"

#include <algorithm>
#include <array>

#include "extract/furniture.h"

namespace gavah::extract {
namespace {

/// A wall or an error says its say in a few sentences.
constexpr std::size_t kWallCharacters = 900;

struct Sign {
  std::string_view words;  ///< folded
  std::string_view reason;
};
constexpr auto kSigns = std::to_array<Sign>({
    {"are you a robot", "block page"},
    {"are you human", "block page"},
    {"verify you are human", "block page"},
    {"verify you are a human", "block page"},
    {"verifying you are human", "block page"},
    {"i'm not a robot", "block page"},
    {"captcha", "block page"},
    {"checking your browser", "block page"},
    {"just a moment...", "block page"},
    {"enable javascript and cookies to continue", "block page"},
    {"attention required! | cloudflare", "block page"},
    {"access denied", "block page"},
    {"403 forbidden", "block page"},
    {"unusual traffic", "block page"},
    {"request blocked", "block page"},
    {"you have been blocked", "block page"},
    {"ddos protection", "block page"},
    {"error 1020", "block page"},
    {"من ربات نیستم", "block page"},
    {"دسترسی شما مسدود", "block page"},
    {"دسترسی غیر مجاز", "block page"},
    {"دسترسی غیرمجاز", "block page"},
    {"peyvandha", "block page"},
    {"تم حظر", "block page"},
    {"page not found", "page not found"},
    {"404 not found", "page not found"},
    {"error 404", "page not found"},
    {"صفحه مورد نظر یافت نشد", "page not found"},
    {"صفحه یافت نشد", "page not found"},
    {"صفحه مورد نظر شما یافت نشد", "page not found"},
    {"الصفحة غیر موجودة", "page not found"},
    {"this page isn't available", "page not found"},
    {"this page doesn’t exist", "page not found"},
    {"this page doesn't exist", "page not found"},
    {"this post is unavailable", "post not available"},
    {"this tweet is unavailable", "post not available"},
    {"this post isn't available", "post not available"},
    {"post isn’t available", "post not available"},
    {"content isn't available", "post not available"},
    {"content isn’t available", "post not available"},
    {"content is not available", "post not available"},
    {"content is no longer available", "post not available"},
    {"this video is unavailable", "post not available"},
    {"video unavailable", "post not available"},
    {"this account doesn", "post not available"},
    {"account has been suspended", "post not available"},
    {"account suspended", "post not available"},
    {"post was deleted", "post not available"},
    {"post has been deleted", "post not available"},
    {"this tweet has been deleted", "post not available"},
    {"post not available", "post not available"},
    {"post is not available", "post not available"},
    {"این پست در دسترس نیست", "post not available"},
    {"این محتوا در دسترس نیست", "post not available"},
    {"این صفحه در دسترس نیست", "post not available"},
    {"این مطلب حذف شده", "post not available"},
    {"این توییت در دسترس نیست", "post not available"},
    {"هذا المنشور غیر متاح", "post not available"},
    {"هذا المحتوى غیر متاح", "post not available"},
    {"هذا المحتوی غیر متاح", "post not available"},
    {"log in to continue", "login wall"},
    {"login to continue", "login wall"},
    {"sign in to continue", "login wall"},
    {"log in or sign up", "login wall"},
    {"please log in", "login wall"},
    {"please sign in", "login wall"},
    {"you must log in", "login wall"},
    {"you must be logged in", "login wall"},
    {"sign in to your account", "login wall"},
    {"log in to see", "login wall"},
    {"log in to view", "login wall"},
    {"sign up to see", "login wall"},
    {"create an account or log in", "login wall"},
    {"forgot password", "login wall"},
    {"forgot your password", "login wall"},
    {"join to view", "login wall"},
    {"برای ادامه وارد شوید", "login wall"},
    {"وارد حساب کاربری", "login wall"},
    {"وارد حساب خود", "login wall"},
    {"برای مشاهده وارد شوید", "login wall"},
    {"لطفا وارد شوید", "login wall"},
    {"رمز عبور خود را فراموش", "login wall"},
    {"رمز عبور را فراموش", "login wall"},
    {"ابتدا وارد شوید", "login wall"},
    {"ورود به حساب", "login wall"},
    {"تسجیل الدخول للمتابعة", "login wall"},
    {"سجل الدخول", "login wall"},
    {"نسیت کلمة المرور", "login wall"},
    {"before you continue", "consent wall"},
    {"we value your privacy", "consent wall"},
    {"accept all cookies", "consent wall"},
    {"we use cookies", "consent wall"},
    {"we and our partners", "consent wall"},
    {"consent to the use of cookies", "consent wall"},
    {"cookie settings", "consent wall"},
    {"manage your cookie", "consent wall"},
    {"ما از کوکی", "consent wall"},
    {"استفاده از کوکی", "consent wall"},
    {"ملفات تعریف الارتباط", "consent wall"},
    {"subscribe to continue reading", "subscription wall"},
    {"subscribers only", "subscription wall"},
    {"this content is for subscribers", "subscription wall"},
    {"to continue reading, subscribe", "subscription wall"},
    {"already a subscriber", "subscription wall"},
    {"برای خواندن ادامه اشتراک", "subscription wall"},
    {"ویژه مشترکان", "subscription wall"},
});

std::string_view reason_in(const std::string& fold) {
  for (const Sign& sign : kSigns) {
    if (fold.find(sign.words) != std::string::npos) return sign.reason;
  }
  return {};
}

/// A wall in words of its own: what it asks for, and what it gives for it, in its first sentences.
struct Demand {
  std::array<std::string_view, 8> asks;
  std::array<std::string_view, 12> gives;
  std::string_view reason;
};
constexpr auto kDemands = std::to_array<Demand>({
    {{"log in", "sign in", "login", "log on", "sign up", "register"},
     {"to continue", "to read", "to view", "to see", "required", "must", "need to", "please", "your account",
      "an account", "members only"},
     "login wall"},
    {{"وارد شوید", "وارد شو", "وارد حساب", "ثبت نام کنید", "ثبتنام کنید", "عضو شوید", "تسجیل الدخول", "سجل دخولك"},
     {"برای", "ادامه", "مشاهده", "خواندن", "باید", "رمز", "حساب", "لطفا", "یرجی", "للمتابعة", "لقراءة", "یجب"},
     "login wall"},
    {{"cookies", "cookie"}, {"accept", "agree", "consent", "preferences", "manage"}, "consent wall"},
    {{"کوکی", "الکوکیز"}, {"پذیرش", "می پذیرم", "میپذیرم", "موافقم", "موافق", "قبول"}, "consent wall"},
    {{"subscribe", "subscription", "subscriber", "اشتراک"},
     {"to continue", "to read", "unlock", "already", "برای خواندن", "ادامه", "تهیه کنید"},
     "subscription wall"},
});
constexpr std::size_t kDemandBytes = 400;

template <std::size_t N>
bool has_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return !w.empty() && text.find(w) != std::string_view::npos; });
}

std::string_view demand_in(const std::string& fold) {
  const std::string_view head = std::string_view(fold).substr(0, kDemandBytes);
  for (const Demand& demand : kDemands) {
    if (has_any(head, demand.asks) && has_any(head, demand.gives)) return demand.reason;
  }
  return {};
}

}  // namespace

std::string hollow_reason(const HollowInput& input) {
  const std::size_t characters = character_count(input.text);
  const bool is_refused = input.http_status == "401" || input.http_status == "403" || input.http_status == "429" ||
                          input.http_status == "503";
  const bool is_gone = input.http_status == "404" || input.http_status == "410";
  if (characters <= kWallCharacters) {
    const std::string_view in_title = reason_in(folded(input.title));
    if (!in_title.empty()) return std::string(in_title);
    const std::string_view in_text = reason_in(folded(input.text));
    // One phrase in a longer text may be furniture that stayed; a wall is little else.
    const bool is_little_else =
        characters <= kWallCharacters / 2 || in_text == "block page" || input.has_password_field;
    if (!in_text.empty() && is_little_else) return std::string(in_text);
    // Few words only: an article of some length may tell of logins and cookies.
    const std::string_view demand =
        characters <= kWallCharacters / 3 ? demand_in(folded(input.text)) : std::string_view();
    if (!demand.empty()) return std::string(demand);
    if (is_gone) return "page not found";
    if (is_refused) return "block page";
    if (input.has_password_field && characters <= kWallCharacters / 3) return "login wall";
  }
  return trimmed(input.text).empty() ? "empty body" : "";
}

std::string hollow_reason_of_post(std::string_view text) {
  // Whole notices of platforms only: a post may speak of captchas and logins itself.
  constexpr auto kNotices = std::to_array<std::string_view>(
      {"account is temporarily unavailable because it violates", "account has been withheld in",
       "this tweet has been withheld in", "this post has been withheld in",
       "this message couldn't be displayed on your device", "this tweet is from a suspended account",
       "this channel can't be displayed because"});
  const std::string fold = folded(text.substr(0, kWallCharacters));
  const bool is_notice = std::any_of(kNotices.begin(), kNotices.end(),
                                     [&](std::string_view notice) { return fold.find(notice) != std::string::npos; });
  return is_notice ? "post not available" : "";
}

}  // namespace gavah::extract
