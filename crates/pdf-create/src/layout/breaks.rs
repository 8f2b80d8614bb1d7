//! Where lines may be broken: a small part of UAX #14.

/// What a character is to lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// The end of a line.
    Newline,
    /// A space at which lines are broken, and which is not drawn there.
    Space,
    /// Breaks lines and is nothing else.
    ZeroSpace,
    /// A hyphen where a line is broken at it, otherwise nothing.
    SoftHyphen,
    /// A hyphen or dash: lines are broken after it, within a word.
    Hyphen,
    /// Of a script without spaces between words.
    Wide,
    /// Opening punctuation, which does not end a line.
    Opening,
    /// Closing punctuation and small letters, which do not begin one.
    Closing,
    /// Controls how others are drawn, and is nothing itself.
    Nothing,
    /// All else.
    Other,
}

impl Class {
    pub(super) fn of(character: char) -> Self {
        match character {
            '\n' => Self::Newline,
            ' ' | '\t' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}' | '\u{3000}' => {
                Self::Space
            }
            '\u{200B}' => Self::ZeroSpace,
            '\u{AD}' => Self::SoftHyphen,
            // Zero-width joiners, marks of direction, selectors of variants; a line feed may follow a return.
            '\r' | '\u{200C}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => {
                Self::Nothing
            }
            '-' | '\u{2010}' | '\u{2013}' | '\u{2014}' => Self::Hyphen,
            '(' | '[' | '{' | '«' | '‹' | '“' | '‘' | '（' | '「' | '『' | '【' | '〈' | '《'
            | '〔' | '〖' | '〘' | '〚' | '｛' | '［' => Self::Opening,
            '!' | ')' | ',' | '.' | ':' | ';' | '?' | ']' | '}' | '»' | '›' | '”' | '’' | '%'
            | '、' | '。' | '，' | '．' | '・' | '：' | '；' | '？' | '！' | '）' | '」' | '』'
            | '】' | '〉' | '》' | '〕' | '〗' | '〙' | '〛' | '｝' | '］' | '％' | 'ー' | '々'
            | '〻' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ'
            | 'ゅ' | 'ょ' | 'ゎ' | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ'
            | 'ヮ' | 'ヵ' | 'ヶ' => Self::Closing,
            // Han, kana, Hangul, and the full-width forms.
            '\u{1100}'..='\u{11FF}'
            | '\u{2E80}'..='\u{A4CF}'
            | '\u{A960}'..='\u{A97F}'
            | '\u{AC00}'..='\u{D7FF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FF00}'..='\u{FF60}'
            | '\u{20000}'..='\u{3FFFF}' => Self::Wide,
            _ => Self::Other,
        }
    }
}

/// Whether a line may be broken between two characters, of which `next` is no space.
pub(super) fn may_break(before: Option<char>, (last, class): (char, Class), next: char) -> bool {
    let next_class = Class::of(next);
    match class {
        Class::Space | Class::ZeroSpace => true,
        // Not before the number of "-5" or "A-4", not after the hyphen of "--".
        Class::Hyphen => {
            let within = before.is_some_and(char::is_alphanumeric);
            let dash = matches!(last, '\u{2013}' | '\u{2014}');
            (within || dash) && next.is_alphabetic()
        }
        // Closing marks of these scripts are wide themselves; those of others are followed by a space.
        Class::Closing if u32::from(last) >= 0x3000 => {
            !matches!(next_class, Class::Closing | Class::Nothing)
        }
        Class::Wide => !matches!(next_class, Class::Closing | Class::Nothing),
        Class::Other | Class::Closing => next_class == Class::Wide,
        _ => false,
    }
}
