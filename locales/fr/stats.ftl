### Les réponses de « chiffres ».

stats-today-title = Aujourd’hui, { $day }

stats-week-title = Semaine en cours, du { $week }

stats-ask-title = Nº { $number }, « { $title } »

stats-headline = { $actions } par { $people }.

stats-headline-new = { $actions } par { $people }, dont { $new } pour la première fois.

stats-headline-days = { $actions } sur { $days } jours.

stats-headline-total = { $actions } en tout.

stats-nothing = Aucun geste noté pour l’instant.

stats-missing = Des gestes faits depuis { $since } peuvent encore manquer.

stats-week-before = Toute la semaine d’avant : { $actions }.

stats-day = { $day } : { $actions }

stats-asks = Par action :

stats-ask = { $ask } : { $actions }

stats-asks-more =
    { $count ->
        [one] et une autre action
       *[other] et { $shown } autres actions
    }

stats-ask-state =
    { $state ->
        [draft] Brouillon, à approuver.
        [rejected] Renvoyée avec une note.
        [approved] Approuvée, en attente de son heure.
        [open] Ouverte.
        [closed] Terminée.
       *[expired] Expirée : son heure est passée avant la publication.
    }

stats-ask-open = Ouverte, à faire avant { $until }.

stats-ask-rate =
    { $count ->
        [one] { $rate } des { $active } personnes actives ces 28 derniers jours dans ses salons.
       *[other] En moyenne chaque fois, { $rate } des { $active } personnes actives ces 28 derniers jours dans ses salons.
    }

stats-ask-rooms = Salons : { $rooms }.

stats-rooms-more =
    { $count ->
        [one] un autre
       *[other] { $shown } autres
    }

stats-unknown = Je n’ai pas de chiffres sur « { $given } ». Tapez « { -prefix }chiffres » seul pour aujourd’hui, ou suivi de « semaine », du numéro d’une action (nº 12) ou du nom court d’une campagne.
