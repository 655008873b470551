#include "extract/date_line.h"

#include <array>
#include <string>

#include "extract/furniture.h"

namespace gavah::extract {
namespace {

constexpr std::size_t kLineBytes = 400;

struct RoleWord {
  std::string_view word;  ///< as folded() gives it
  DateRole role;
};
constexpr auto kRoleWords = std::to_array<RoleWord>({
    {"published", DateRole::published},
    {"publié", DateRole::published},
    {"publicado", DateRole::published},
    {"pubblicato", DateRole::published},
    {"gepubliceerd", DateRole::published},
    {"posted", DateRole::published},
    {"erschienen", DateRole::published},
    {"veröffentlicht", DateRole::published},
    {"publiziert", DateRole::published},
    {"erstellt", DateRole::published},
    {"انتشار", DateRole::published},
    {"منتشر", DateRole::published},
    {"نشر", DateRole::published},
    {"updated", DateRole::modified},
    {"last update", DateRole::modified},
    {"last change", DateRole::modified},
    {"last edit", DateRole::modified},
    {"modified", DateRole::modified},
    {"aktualisiert", DateRole::modified},
    {"aktualisierung", DateRole::modified},
    {"geändert", DateRole::modified},
    {"änderung", DateRole::modified},
    {"zuletzt bearbeitet", DateRole::modified},
    {"bearbeitet am", DateRole::modified},
    {"mis à jour", DateRole::modified},
    {"mise à jour", DateRole::modified},
    {"modifié", DateRole::modified},
    {"actualizado", DateRole::modified},
    {"aggiornato", DateRole::modified},
    {"bijgewerkt", DateRole::modified},
    {"به روز رسانی", DateRole::modified},
    {"بهروزرسانی", DateRole::modified},
    {"بروزرسانی", DateRole::modified},
    {"ویرایش", DateRole::modified},
    {"تحدیث", DateRole::modified},
    {"current time", DateRole::other},
    {"it is currently", DateRole::other},
    {"the time now", DateRole::other},
    {"today is", DateRole::other},
    {"aktuelle zeit", DateRole::other},
    {"es ist jetzt", DateRole::other},
    {"heute ist", DateRole::other},
    {"امروز", DateRole::other},
    {"member since", DateRole::other},
    {"joined", DateRole::other},
    {"join date", DateRole::other},
    {"registered", DateRole::other},
    {"registriert", DateRole::other},
    {"anmeldedatum", DateRole::other},
    {"mitglied seit", DateRole::other},
    {"dabei seit", DateRole::other},
    {"last visit", DateRole::other},
    {"letzter besuch", DateRole::other},
    {"تاریخ عضویت", DateRole::other},
    {"عضو شده", DateRole::other},
});

}  // namespace

DateRole role_of_date(std::string_view line) {
  if (line.size() > kLineBytes) return DateRole::plain;
  const std::string fold = folded(line);
  DateRole out = DateRole::plain;
  std::size_t first = std::string::npos;
  for (const RoleWord& word : kRoleWords) {
    const std::size_t at = fold.find(word.word);
    if (at < first) {
      first = at;
      out = word.role;
    }
  }
  return out;
}

}  // namespace gavah::extract
