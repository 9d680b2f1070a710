### Les mots communs à plusieurs endroits.

-bot-name = Relais

-prefix = { "\uFDD0" }

common-command = { -prefix }{ $command }

common-weekday =
    { $day ->
        [1] lundi
        [2] mardi
        [3] mercredi
        [4] jeudi
        [5] vendredi
        [6] samedi
       *[7] dimanche
    }

common-month =
    { $month ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
       *[12] décembre
    }

common-date =
    { $day ->
        [1] 1ᵉʳ { $month }
       *[other] { $shown } { $month }
    }

common-date-year = { $date } { $year }

common-weekday-date = { $weekday } { $date }

common-date-range = { $first } au { $last }

common-time =
    { $half ->
        [1] { $hour } h{ $minute }
       *[2] { $hour } h{ $minute }
    }

common-time-minutes = { " " }{ $minute }

common-near-day =
    { $days ->
        [-1] hier
        [0] aujourd’hui
       *[1] demain
    }

common-on-day = le { $day }

common-day-time = { $day } à { $time }

common-day-deadline = { $day } { $time }

common-list-end = { $first } et { $last }

common-list-middle = { $first }, { $next }

common-network-email = Courriel

common-extension = { $number }, poste { $extension }

form-by-text = Copiez ce texte, écrivez vos réponses après les deux-points, puis renvoyez-le ici :

in-language =
    { $language ->
        [fr] en français
       *[en] en anglais
    }

common-by-reaction = Réagissez à ce message par :
