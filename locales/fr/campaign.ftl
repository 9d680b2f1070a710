### Les campagnes et leurs objectifs.

campaign-bad-name = « { $name } » ne peut pas être le nom court d’une campagne. Prenez au plus 40 lettres sans accent, chiffres et traits d’union, comme halte-renovictions.

campaign-known = Il y a déjà une campagne « { $name } ». Choisissez un autre nom court.

campaign-made = La campagne « { $name } » est prête. Pour lui fixer un objectif : « { -prefix }campagne objectif { $name } 500 2026-12-15 relayer ».

campaign-goal =
    { $kind ->
        [share]
            { $count ->
                [one] { $shown } relais d’ici au { $due }
               *[other] { $shown } relais d’ici au { $due }
            }
        [call]
            { $count ->
                [one] { $shown } appel d’ici au { $due }
               *[other] { $shown } appels d’ici au { $due }
            }
        [write]
            { $count ->
                [one] { $shown } message écrit d’ici au { $due }
               *[other] { $shown } messages écrits d’ici au { $due }
            }
        [sign]
            { $count ->
                [one] { $shown } signature d’ici au { $due }
               *[other] { $shown } signatures d’ici au { $due }
            }
        [give]
            { $count ->
                [one] { $shown } don d’ici au { $due }
               *[other] { $shown } dons d’ici au { $due }
            }
        [attend]
            { $count ->
                [one] { $shown } présence annoncée d’ici au { $due }
               *[other] { $shown } présences annoncées d’ici au { $due }
            }
       *[all]
            { $count ->
                [one] { $shown } geste d’ici au { $due }
               *[other] { $shown } gestes d’ici au { $due }
            }
    }

campaign-goal-set = { $campaign } : l’objectif est de { $goal }.

campaign-goal-past = Le { $day } est passé. Choisissez un jour à venir.

campaign-goal-progress = { $goal } ({ $done } pour l’instant)

campaign-none = Il n’y a pas encore de campagne. « { -prefix }campagne nouvelle » en lance une.

campaign-list-title = Campagnes

campaign-line = { $name } · { $title }

campaign-line-goals = { $name } · { $title } · { $goals }

campaign-title-too-long = « { $title } » est trop long pour un titre : { $length } caractères, alors que la limite est de { $limit }. Rien n’a été créé ; raccourcissez-le.
