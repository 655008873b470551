#pragma once

#include <vector>

#include "code/codebook.h"
#include "code/mention.h"
#include "code/telling.h"

namespace gavah::code {

/// Says who acted and on whom. Classes decide first (forces act in acts of force, courts in acts of justice, people
/// protest), then nearness; an active verb with a crowd before it and a force after it turns that round
/// ("protesters killed a policeman"). Whoever only tells is neither.
void give_roles(std::vector<Mention>& mentions, const SentenceScan& sentence, const Scan& scan,
                const Codebook& codebook, const std::vector<Teller>& tellers);

/// Persons told of with an age ("a 19-year-old", "Name, 27," «۲۷ ساله») go to the mention of the result nearest to
/// them; Persian and Arabic names (naming.h) to every act of the sentence that one can suffer, or to the nearest where
/// several are named.
void give_persons(std::vector<Mention>& mentions, const SentenceScan& sentence, const Scan& scan,
                  const Codebook& codebook, const std::vector<Teller>& tellers);

/// A report that names one person alone speaks of that person in the sentences around too: acts done to people that
/// have neither person nor number there get that one.
void give_protagonist(std::vector<Mention>& mentions, const Codebook& codebook, Trace* trace);

/// Quoted words after "chanting", "with the message", «شعار» go to the nearest act of protest.
void give_slogans(std::vector<Mention>& mentions, const SentenceScan& sentence, const Scan& scan,
                  const Codebook& codebook);

/// The same where the quotation opens the sentence after the cue ("... with the message:" and a line break).
void take_slogan(std::vector<Mention>& earlier, const SentenceScan& sentence, const Scan& scan,
                 const Codebook& codebook);

/// True when the sentence opens with a quotation that the sentence before announces as a slogan.
[[nodiscard]] bool opens_with_slogan(const SentenceScan& sentence, const Scan& scan);

}  // namespace gavah::code
