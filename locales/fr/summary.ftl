### Le bilan de la semaine, et ce qu’il partage avec les chiffres.

summary-title = Semaine du { $week } — complet jusqu’à { $until }

summary-title-unread = Semaine du { $week } — des gestes faits depuis { $since } peuvent encore manquer

summary-actions =
    { $count ->
        [one] { $shown } geste
       *[other] { $shown } gestes
    }

summary-people =
    { $count ->
        [one] une personne
       *[other] { $shown } personnes
    }

summary-count =
    { $kind ->
        [share] { $shown } relais
        [call]
            { $count ->
                [one] { $shown } appel
               *[other] { $shown } appels
            }
        [write]
            { $count ->
                [one] { $shown } message écrit
               *[other] { $shown } messages écrits
            }
        [sign]
            { $count ->
                [one] { $shown } signature
               *[other] { $shown } signatures
            }
        [give]
            { $count ->
                [one] { $shown } don
               *[other] { $shown } dons
            }
        [attend]
            { $count ->
                [one] { $shown } présence annoncée
               *[other] { $shown } présences annoncées
            }
       *[other]
            { $count ->
                [one] { $shown } autre geste
               *[other] { $shown } autres gestes
            }
    }

summary-outcome =
    { $outcome ->
        [reached]
            { $count ->
                [one] { $shown } conversation
               *[other] { $shown } conversations
            }
        [voicemail]
            { $count ->
                [one] { $shown } répondeur
               *[other] { $shown } répondeurs
            }
       *[unavailable] { $shown } fois occupé ou sans réponse
    }

summary-compared-change = { $change } sur la semaine d’avant

summary-compared-same = à peu près autant que la semaine d’avant

summary-compared-nothing = rien la semaine d’avant

summary-compared-first = pas encore de point de comparaison

summary-compared-whole = { $shown } en tout la semaine d’avant

summary-headline = { $actions } par { $people } ({ $comparison }), dont { $new } pour la première fois et { $returning } déjà actives avant

summary-headline-returning =
    { $count ->
        [one] { $actions } par { $people } ({ $comparison }), déjà active avant
       *[other] { $actions } par { $people } ({ $comparison }), toutes déjà actives avant
    }

summary-headline-new =
    { $count ->
        [one] { $actions } par { $people } ({ $comparison }), pour la première fois
       *[other] { $actions } par { $people } ({ $comparison }), toutes pour la première fois
    }

summary-headline-first = { $actions } par { $people } ({ $comparison })

summary-headline-nobody = { $actions } ({ $comparison })

summary-headline-nothing = Aucun geste noté ({ $comparison })

summary-asked = Actions publiées : { $asks }

summary-asked-kind =
    { $kind ->
        [share] { $shown } pour relayer
        [call] { $shown } pour appeler
        [write] { $shown } pour écrire
        [sign] { $shown } pour signer
        [give] { $shown } pour donner
        [attend] { $shown } pour participer
       *[other] { $shown } pour autre chose
    }

summary-asked-nothing = Aucune action n’a été publiée cette semaine.

summary-ask = nº { $number }, « { $title } »

summary-ask-in = { $ask }, salon { $room }

summary-ask-in-several =
    { $count ->
        [one] { $ask }, salon { $room } et un autre
       *[other] { $ask }, salon { $room } et { $shown } autres
    }

summary-best-one =
    { $count ->
        [one] L’action la plus suivie : { $ask } ({ $rate } des personnes actives ces 28 derniers jours dans ses salons)
       *[other] L’action la plus suivie : { $ask } ({ $rate } des personnes actives ces 28 derniers jours dans ses salons, en moyenne chaque fois)
    }

summary-best-one-counted = L’action la plus suivie : { $ask } ({ $actions })

summary-best = Les actions les plus suivies, selon la part des personnes actives ces 28 derniers jours dans leurs salons :

summary-best-counted = Les actions les plus suivies :

summary-best-rate =
    { $count ->
        [one] { $ask } : { $rate } ({ $people } sur { $active })
       *[other] { $ask } : { $rate } en moyenne sur { $times } jours
    }

summary-best-count = { $ask } : { $actions }

summary-best-link = Nº { $number }, salon { $room }

summary-goal =
    { $state ->
        [reached] Objectif atteint : « { $what } d’ici au { $date } » { $bar } { $reached }
       *[open] Objectif « { $what } d’ici au { $date } » { $bar } { $reached }
    }

summary-goal-of =
    { $state ->
        [reached] Objectif atteint : « { $what } d’ici au { $date } » ({ $campaign }) { $bar } { $reached }
       *[open] Objectif « { $what } d’ici au { $date } » ({ $campaign }) { $bar } { $reached }
    }

summary-goals-more =
    { $count ->
        [one] et un autre objectif
       *[other] et { $shown } autres objectifs
    }

summary-groups = Par groupe :

summary-group = { $group } : { $actions } par { $people }

summary-group-few = { $group } : moins de 5 personnes

summary-group-withheld = { $group } : chiffres masqués, pour qu’on ne puisse reconnaître personne dans un plus petit groupe

summary-group-none = Salons sans groupe

summary-groups-more =
    { $count ->
        [one] et un autre groupe
       *[other] et { $shown } autres groupes
    }
